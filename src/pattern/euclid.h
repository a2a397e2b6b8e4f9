// Hits spread over steps as evenly as they go (G. Toussaint, "The Euclidean algorithm generates traditional musical
// rhythms", 2005): by E. Bjorklund's way, so that 5 in 8 is x.xx.xx. as the literature has it.
#pragma once
#include <vector>

#include "pattern/steps.h"

namespace chronus::pattern {

// One step that sounds, where there is no euclid.
std::vector<bool> euclid_of(const Euclid& euclid);

}  // namespace chronus::pattern
