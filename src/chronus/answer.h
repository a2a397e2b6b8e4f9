// What the daemon answered, for people and for programs.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "refusal/refusal.h"
#include "text/message.h"

namespace chronus::hand {

struct Answer {
    bool done = false;
    std::string address;           // what was asked
    std::vector<Argument> values;  // if done
    Refusal refusal;               // if not
};

// /done ADDRESS ID values… or /fail ADDRESS ID CODE REASON EXAMPLE with this id; nothing if it is any other
// message.
std::optional<Answer> read_answer(const Message& message, const std::string& id);

// The values in a row, or "done" if there are none; "error: REASON" and "try: EXAMPLE".
std::string for_people(const Answer& answer);

// One line: {"ok":true,"address":…,"values":[…]} or {"ok":false,"address":…,"code":…,"reason":…,"example":…}.
std::string as_json(const Answer& answer);

}  // namespace chronus::hand
