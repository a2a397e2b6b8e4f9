#include "chronus/place.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "text/caret.h"


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

}  // namespace

std::string first_line_of(const std::string& reason) {
    return reason.substr(0, reason.find('\n'));
}

std::optional<std::size_t> place_of_fault(std::string_view line, const Refusal& refusal) {
    if (refusal.code == "absent" || refusal.code == "silent") return std::nullopt;
    return shown_place(line, point_at_fault(refusal.code, refusal.reason, line));
}

std::string refusal_shown(std::string_view line, const Refusal& refusal, std::optional<std::size_t> indent) {
    const std::string example = refusal.example.empty() ? "" : "\ntry: " + refusal.example;
    const auto place = indent ? place_of_fault(line, refusal) : std::nullopt;
    if (!place) return "error: " + refusal.reason + example;
    return fmt::format("{:{}}^\nerror: {}{}", "", *indent + characters(line.substr(0, *place)), first_line_of(refusal.reason), example);
}

}  // namespace chronus::hand
