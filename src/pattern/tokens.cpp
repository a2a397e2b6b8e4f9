#include "pattern/tokens.h"

#include <algorithm>

namespace chronus::pattern {
namespace {

constexpr std::string_view kBetweenNotes = " \t\r\n\v\f|,";

}  // namespace

std::vector<Token> note_tokens(std::string_view text) {
    std::vector<Token> tokens;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(kBetweenNotes, at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(kBetweenNotes, at), text.size());
        tokens.push_back({text.substr(at, end - at), at});
        at = end;
    }
    return tokens;
}

}  // namespace chronus::pattern
