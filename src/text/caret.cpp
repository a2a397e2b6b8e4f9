#include "text/caret.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace chronus {
namespace {

// With the indent and both ellipses this still fits a terminal of 80 columns.
constexpr std::size_t kShownBefore = 40;
constexpr std::size_t kShownAfter = 30;
constexpr std::size_t kLongestExcerpt = 32;
constexpr std::string_view kEllipsis = "...";

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), std::not_fn(continues_character)));
}

// One space for each control character, so that a tab can't move the caret and a newline can't break the
// line.
std::string printable(std::string_view text) {
    std::string shown(text);
    std::replace_if(
        shown.begin(), shown.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; }, ' ');
    return shown;
}

}  // namespace

std::size_t character_length(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && continues_character(text[end])) ++end;
    return end - at;
}

std::string excerpt(std::string_view word) {
    std::size_t end = std::min(word.size(), kLongestExcerpt);
    while (end < word.size() && continues_character(word[end])) ++end;
    return printable(word.substr(0, end)).append(end < word.size() ? kEllipsis : "");
}

namespace {

// The surroundings of a place on two lines: text and caret.
std::string shown(std::string_view text, std::size_t at) {
    std::size_t begin = at > kShownBefore ? at - kShownBefore : 0;
    while (begin < at && continues_character(text[begin])) ++begin;
    std::size_t end = std::min(text.size(), at + kShownAfter);
    while (end < text.size() && continues_character(text[end])) ++end;

    const std::string before = printable(text.substr(begin, at - begin));
    const std::string after = printable(text.substr(at, end - at));
    const std::string_view head = begin > 0 ? kEllipsis : "";
    const std::string_view tail = end < text.size() ? kEllipsis : "";
    return fmt::format("\n  {}{}{}{}\n  {:{}}^", head, before, after, tail, "", head.size() + characters(before));
}

bool is_of_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || continues_character(c) ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::pair<std::size_t, std::string_view>> names_in(std::string_view text) {
    std::vector<std::pair<std::size_t, std::string_view>> names;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && is_of_name(text[end])) ++end;
        if (end > at) names.emplace_back(at, text.substr(at, end - at));
        at = end + 1;
    }
    return names;
}

}  // namespace

std::string point_at(std::string_view what, std::string_view text, std::size_t at, std::size_t line) {
    at = std::min(at, text.size());
    const std::size_t column = characters(text.substr(0, at)) + 1;
    const std::string place =
        line > 0 ? fmt::format("line {}, column {}", line, column) : fmt::format("column {}", column);
    return fmt::format("{}: {}{}", place, what, shown(text, at));
}

std::string point_at_named(std::string_view reason, std::string_view text) {
    if (reason.find('\n') != std::string_view::npos) return std::string(reason);
    // What is suggested is not what was wrong.
    const auto named = names_in(reason.substr(0, reason.find(';')));
    auto words = names_in(text);
    // The first word is the command's.
    for (std::size_t i = words.size(); i-- > 1;)
        if (std::any_of(named.begin(), named.end(), [&](const auto& name) { return name.second == words[i].second; }))
            return std::string(reason) + shown(text, words[i].first);
    return std::string(reason);
}

}  // namespace chronus
