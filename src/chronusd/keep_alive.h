// A small process that starts the daemon, and starts it again when it dies.
#pragma once
#include "refusal/refusal.h"

namespace chronus {

// Until the daemon ends by itself: its status. `words`: what the process was started with.
int keep_alive(int count, char** words);

}  // namespace chronus
