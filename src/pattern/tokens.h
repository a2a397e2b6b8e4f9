// The first pass over what is played: a text becomes tokens, each of which knows where it stood.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace chronus::pattern {

struct Token {
    std::string_view text;  // a part of the text it was found in
    std::size_t at = 0;     // its first byte there
};

// Notes are words between white space, commas and bar lines.
std::vector<Token> note_tokens(std::string_view text);

}  // namespace chronus::pattern
