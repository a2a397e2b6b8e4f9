// What a person types, as the message that is sent: a line of the language, or an OSC message as it stands.
#pragma once
#include <string>
#include <string_view>

#include "refusal/refusal.h"
#include "text/message.h"

namespace chronus::hand {

// Nothing but spaces or a comment.
bool is_blank(std::string_view line);

// "set bass.cutoff 800" becomes /do "set bass.cutoff 800". A line that begins with / is taken as typed:
// numbers as i, h or f, everything else and all that is quoted as strings.
Result<Message> request_of(std::string_view line);

// /req ID ADDRESS args…, so that the answer bears the id.
Message with_id(const std::string& id, const Message& request);

// How much longer than others its answer may take: a listen is answered once it has been heard, a reload once it has been
// tried.
double seconds_to_hear(const Message& request);

}  // namespace chronus::hand
