// One work rendered by Chronus, and what it cost.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/library.h"
#include "refusal/refusal.h"

namespace chronus::bench {

struct TypeCost {
    std::string name;
    double share;  // of the audio thread's time; measured on every 16th block
};

struct Cost {
    double seconds = 0;       // of CPU, user and system: laying out the rack, compiling and rendering
    double audio = 0;         // of these, what the engine's blocks took
    std::uint64_t bits = 0;   // a hash of every sample: the same sound, the same number
    std::vector<TypeCost> types;  // dearest first; what is left is sums, tracks and the way out
};

double cpu_seconds();

Result<Cost> render(const Library& library, const std::string& work, double seconds, int rate);

}  // namespace chronus::bench
