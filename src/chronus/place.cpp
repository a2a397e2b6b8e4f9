#include "chronus/place.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "text/numbers.h"

namespace chronus::hand {
namespace {

constexpr std::string_view kEllipsis = "...";

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

bool begins_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

// The byte at which the character of that number begins.
std::size_t byte_of(std::string_view text, std::size_t character) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if (begins_character(text[at]) && character-- == 0) break;
    return at;
}

// The reason shows a part of the line with a caret beneath it: the caret's place in the whole.
std::optional<std::size_t> shown_place(std::string_view line, std::string_view reason) {
    const auto lines = lines_of(reason);
    if (lines.size() != 3 || !lines[1].starts_with("  ")) return std::nullopt;
    std::size_t caret = lines[2].find('^');
    if (caret == std::string_view::npos || caret < 2) return std::nullopt;
    caret -= 2;
    std::string_view part = lines[1].substr(2);
    if (part.starts_with(kEllipsis) && line.find(part) == std::string_view::npos) {
        part.remove_prefix(kEllipsis.size());
        caret -= std::min(caret, kEllipsis.size());
    }
    if (part.ends_with(kEllipsis) && line.find(part) == std::string_view::npos)
        part.remove_suffix(kEllipsis.size());
    const std::size_t at = part.empty() ? std::string_view::npos : line.rfind(part);
    if (at == std::string_view::npos) return std::nullopt;
    return at + byte_of(part, caret);
}

// "column 7: …", counted in bytes from 1.
std::optional<std::size_t> told_place(std::string_view line, std::string_view reason) {
    constexpr std::string_view kColumn = "column ";
    if (!reason.starts_with(kColumn)) return std::nullopt;
    reason.remove_prefix(kColumn.size());
    const auto column = read_as<std::int32_t>(reason.substr(0, reason.find(':')));
    if (!column || *column < 1 || static_cast<std::size_t>(*column) > line.size() + 1) return std::nullopt;
    return static_cast<std::size_t>(*column - 1);
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
           c == '-' || !begins_character(c);
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

std::string first_line_of(const std::string& reason) {
    return reason.substr(0, reason.find('\n'));
}

std::optional<std::size_t> place_of_fault(std::string_view line, const Refusal& refusal) {
    if (refusal.code == "absent" || refusal.code == "silent" || refusal.code == "busy") return std::nullopt;
    const std::string& reason = refusal.reason;
    if (const auto shown = shown_place(line, reason)) return shown;
    if (reason.find('\n') != std::string::npos) return std::nullopt;
    if (const auto told = told_place(line, reason)) return told;
    const auto says = [&](const char* words) { return reason.find(words) != std::string::npos; };
    if (refusal.code == "missing" || (refusal.code == "syntax" && (says(" wants ") || says(" needs ")))) {
        const std::size_t end = end_of(line);
        return end < line.size() ? end + 1 : end;
    }
    return named_place(line, std::string_view(reason).substr(0, reason.find(';')));
}

std::string refusal_shown(std::string_view line, const Refusal& refusal, std::optional<std::size_t> indent) {
    const std::string example = refusal.example.empty() ? "" : "\ntry: " + refusal.example;
    const auto place = place_of_fault(line, refusal);
    if (!place) return "error: " + refusal.reason + example;
    const std::size_t column = characters(line.substr(0, *place));
    if (indent)
        return fmt::format("{:{}}^\nerror: {}{}", "", *indent + column, first_line_of(refusal.reason),
                           example);
    if (refusal.reason.find('\n') != std::string::npos || line.find('\n') != std::string_view::npos)
        return "error: " + refusal.reason + example;
    std::string text(line.substr(0, end_of(line)));
    std::replace(text.begin(), text.end(), '\t', ' ');
    return fmt::format("error: {}\n  {}\n  {:{}}^{}", refusal.reason, text, "", column, example);
}

}  // namespace chronus::hand
