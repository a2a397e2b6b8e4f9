#pragma once
#include "figures/kind.h"

namespace chronus::figures {

// What was measured of it, as sentences: what suits its kind, and what is asked of all.
std::vector<std::string> measures_of(const Subject& subject);

}  // namespace chronus::figures
