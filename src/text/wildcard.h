// Address patterns of OSC 1.0: ? one character, * any number of them, [a-z] and [!a-z] one of a set, {this,that} one of
// several words. None of them reaches across a slash.
#pragma once
#include <string_view>

namespace chronus {

bool has_wildcard(std::string_view text);

// Costs at most the product of both lengths, whatever the pattern is made of. A bracket or brace that is never closed
// stands for itself.
bool matches(std::string_view pattern, std::string_view text);

}  // namespace chronus
