// Where the audio thread is, for another process to read.
#pragma once
#include <string>

#include "handoff/whereabouts.h"
#include "refusal/refusal.h"

namespace chronus {

// A file in memory, which processes that are started from now on inherit under this name.
std::string inherited_whereabouts();

// In a file, made if it is not there; mapped for as long as the process lives. Refused as `file`.
Result<Whereabouts*> map_whereabouts(const std::string& file);

}  // namespace chronus
