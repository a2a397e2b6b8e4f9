// Commands within a command: each is done to the request's draft, and all of them are one change in the end.
#pragma once
#include "studio/request.h"

namespace chronus {

// Its effects and its line in the log become the request's. Refused, it leaves the draft as it was.
// `of_patch`: it sets things up and starts nothing.
Result<Words> take_on_draft(Request& request, const Command& command, const Message& message, bool of_patch = false);

// What has been made for the audio thread, and is not to be sent after all.
void give_up(Request& request);

// Brings the draft to another studio, by the messages that make it of what is there: nothing that stays is touched, what
// comes and goes fades, tracks come at the next step. Refused as `busy` where the queue has no room for it.
// What cannot be made is left out and named in the notes. The log gets the messages.
Result<Done> bring(Request& request, const Studio& target);

}  // namespace chronus
