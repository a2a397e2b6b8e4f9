// What a message asks to listen to. Until the time is over its answer is owed.
#pragma once
#include <cstdint>
#include <string>

#include "handoff/ear.h"

namespace chronus {

struct Listening {
    std::string name;         // as it was asked for
    EarTarget target;
    std::int64_t from = 0;    // frame
    std::int64_t frames = 0;
};

}  // namespace chronus
