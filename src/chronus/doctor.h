// Judges what was gathered: what is right, what is wrong, and the command that mends it.
#pragma once
#include <vector>

#include "chronus/facts.h"
#include "chronus/finding.h"

namespace chronus::hand {

// In the order in which they are worth mending.
std::vector<Finding> diagnose(const Facts& facts);

}  // namespace chronus::hand
