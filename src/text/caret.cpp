#include "text/caret.h"

#include <fmt/format.h>

#include <optional>
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

struct Piece {
    std::string_view text;
    std::size_t begin;
};

std::vector<Piece> pieces_of(std::string_view line, std::string_view between) {
    std::vector<Piece> pieces;
    for (std::size_t at = 0; (at = line.find_first_not_of(between, at)) != std::string_view::npos;) {
        const std::size_t end = std::min(line.find_first_of(between, at), line.size());
        pieces.push_back({line.substr(at, end - at), at});
        at = end;
    }
    return pieces;
}

bool is_part_of_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || continues_character(c);
}

// Where a whole word stands in a sentence.
std::vector<std::size_t> places_in(std::string_view sentence, std::string_view word) {
    std::vector<std::size_t> places;
    for (std::size_t at = 0; (at = sentence.find(word, at)) != std::string_view::npos; ++at) {
        const std::size_t end = at + word.size();
        const bool whole =
            (at == 0 || !is_part_of_word(sentence[at - 1]) || !is_part_of_word(word.front())) &&
            (end == sentence.size() || !is_part_of_word(sentence[end]) || !is_part_of_word(word.back()));
        if (whole) places.push_back(at);
    }
    return places;
}

// How sure it is that this word is the one the sentence complains of: "no parameter X" and "not X" are, then
// what the sentence begins with, then what it names at all. 0: it does not.
int blame(std::string_view sentence, std::string_view word) {
    int most = 0;
    for (const std::size_t at : places_in(sentence, word)) {
        std::string_view before = sentence.substr(0, at);
        int sure = at == 0 ? 2 : 1;
        while (before.ends_with(' ') || before.ends_with('/')) before.remove_suffix(1);
        const std::size_t space = before.rfind(' ');
        if (space != std::string_view::npos &&
            (before.substr(0, space).ends_with(" no") || before.substr(0, space).ends_with(" the")))
            sure = 3;
        if (before.ends_with(" not")) sure = 3;
        most = std::max(most, sure);
    }
    return most;
}

// The word of a line that a sentence complains of.
std::optional<std::size_t> named_place(std::string_view line, std::string_view sentence) {
    // Whole words first; then what lies between dots, arrows and equals signs.
    for (const std::string_view between : {std::string_view(" \t\""), std::string_view(" \t\">=:/.,")}) {
        std::optional<std::size_t> found;
        int sure = 0;
        for (const Piece& piece : pieces_of(line, between))
            if (const int here = blame(sentence, piece.text); here > 0 && here >= sure)
                found = piece.begin, sure = here;
        if (found) return found;
    }
    return std::nullopt;
}

std::size_t end_of(std::string_view line) {
    const std::size_t last = line.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? 0 : last + 1;
}

}  // namespace

std::string point_at(std::string_view what, std::string_view text, std::size_t at, std::size_t line) {
    at = std::min(at, text.size());
    const std::size_t column = characters(text.substr(0, at)) + 1;
    const std::string place =
        line > 0 ? fmt::format("line {}, column {}", line, column) : fmt::format("column {}", column);
    return fmt::format("{}: {}{}", place, what, shown(text, at));
}

std::string point_at_fault(std::string_view code, std::string_view reason, std::string_view line) {
    if (reason.find('\n') != std::string_view::npos || code == "busy") return std::string(reason);
    const auto says = [&](std::string_view words) { return reason.find(words) != std::string_view::npos; };
    if (code == "missing" || (code == "syntax" && (says(" wants ") || says(" needs ")))) {
        const std::size_t end = end_of(line);
        return std::string(reason) + shown(line.substr(0, end), end);
    }
    // What is suggested is not what was wrong.
    const auto place = named_place(line, reason.substr(0, reason.find(';')));
    return place ? std::string(reason) + shown(line, *place) : std::string(reason);
}

}  // namespace chronus
