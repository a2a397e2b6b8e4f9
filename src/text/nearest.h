// "did you mean": the right names that are nearest to a wrong one.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chronus {

// Best first, at most `most`; of equals the one that stands first in `names`. Empty where nothing is near
// enough to be a slip of the fingers or a beginning.
std::vector<std::string> nearest(std::string_view wrong, std::span<const std::string> names, int most = 3);

// "; did you mean voice1, voice2?", for the end of a refusal; all names if they are few; or nothing.
std::string did_you_mean(std::string_view wrong, std::span<const std::string> right);

}  // namespace chronus
