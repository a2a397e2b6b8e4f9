#pragma once
#include "figures/kind.h"

namespace chronus::figures {

// In saws.
struct Cost {
    double alone, of_eight;
};
Cost cost_of(const Subject& subject, const Type& saw);

// "Costs 12, of eight 3.4 each.": two digits; as it was told before where that is hardly another.
std::string cost_told(const Cost& cost, const std::string& before);

}  // namespace chronus::figures
