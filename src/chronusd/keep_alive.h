// A small process that starts the daemon, and starts it again when it dies or hangs in a module.
#pragma once
#include <string>
#include <vector>

#include "chronusd/options.h"
#include "refusal/refusal.h"

namespace chronus {

// Until the daemon ends by itself: its status. `words`: what the process was started with.
int keep_alive(const Options& options, std::vector<std::string> words);

}  // namespace chronus
