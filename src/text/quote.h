// Strings in double quotes, the one way they are written in lines, logs and replies: \" \\ and \n are
// escapes. Any other backslash stands for itself, as oscdump prints it.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace chronus {

std::string quote(std::string_view text);

struct Quoted {
    std::string text;
    std::size_t end = 0;  // one past the closing quote
};

// Reads the string whose opening quote stands at `open`; nothing if it is never closed.
std::optional<Quoted> read_quoted(std::string_view line, std::size_t open);

}  // namespace chronus
