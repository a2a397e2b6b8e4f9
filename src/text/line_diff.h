// What is different between two texts, line by line.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chronus {

// "- " before what only the first has, "+ " before what only the second has, in their order; nothing where they are
// the same. Empty lines are left out. As few lines as can be, but for texts of thousands that have little in common.
std::vector<std::string> line_diff(std::string_view before, std::string_view after);

}  // namespace chronus
