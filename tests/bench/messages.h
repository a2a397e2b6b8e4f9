// How many messages a daemon takes and how soon it answers, from one client over real sockets.
#pragma once
#include <cstdint>
#include <string>

#include "refusal/refusal.h"

namespace chronus::bench {

struct MessageLoad {
    std::string device = "null";
    int frames = 64;
    double seconds = 10;
    int unix_rate = 200'000;  // messages a second
    int udp_rate = 130'000;
};

// Starts a daemon of its own with the classic studio and a log, and prints: what arrived of a quiet load on 64
// parameters and the rate of missed deadlines beside that with the load sent elsewhere; round trips of questions and of
// /sync at 1000 a second.
Result<Done> measure_messages(const MessageLoad& load);

}  // namespace chronus::bench
