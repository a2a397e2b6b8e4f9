// Where the audio thread is, for another process to read.
#pragma once
#include <string>

#include "handoff/mailbox.h"
#include "refusal/refusal.h"

namespace chronus {

// In a file that outlives us, in place of what the mailbox has of its own; it stays mapped for as long as the process
// lives. Before the audio thread begins. Without a name nothing is done.
Result<Done> share_whereabouts(const std::string& file, Mailbox& mail);

}  // namespace chronus
