// What chronus top looks like: a state and a size become lines. No terminal is touched here.
#pragma once
#include <vector>

#include "chronus/screen.h"
#include "chronus/top_state.h"

namespace chronus::hand {

// At most size.rows lines of at most size.columns characters; ASCII alone unless `utf8`.
std::vector<Line> draw(const TopState& state, Size size, bool utf8);

}  // namespace chronus::hand
