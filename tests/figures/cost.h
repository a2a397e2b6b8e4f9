#pragma once
#include "figures/kind.h"

namespace chronus::figures {

// ns a block of 64 frames, by the engine that plays, without what feeds it.
struct Cost {
    double alone, of_eight;
};
Cost cost_of(const Subject& subject);

// "Costs 12 saws, 3.4 each of eight.": two digits; as it was told before where that is hardly another.
std::string cost_told(const Cost& cost, double saw, const std::string& before);

}  // namespace chronus::figures
