#include "chronus/hint.h"

#include <fmt/format.h>

#include <algorithm>

#include "chronus/spot.h"

namespace chronus::hand {
namespace {

// "20 .. 8000 Hz (600), now 900 Hz: corner frequency"
Hint value_hint(const PortInfo& port, const std::string& now) {
    std::string after;
    if (!port.initial.empty()) after += fmt::format(" ({})", port.initial);
    if (!now.empty()) after += fmt::format(", now {}", now);
    if (!port.doc.empty()) after += fmt::format(": {}", port.doc);
    return {"", port.range(), after};
}

void shorten(std::string& text, std::size_t& left) {
    if (text.size() > left) {
        std::size_t end = left;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        text.resize(end);
    }
    left -= text.size();
}

}  // namespace

Hint hint_for(std::string_view text, std::size_t cursor, const Vocabulary& vocabulary) {
    const Spot spot = spot_in(text.substr(0, std::min(cursor, text.size())), vocabulary);
    if (!spot.phrase) return {};
    if (const std::string path = spot.parameter(); !path.empty())
        if (const PortInfo* port = vocabulary.parameter(path)) {
            const auto now = vocabulary.values.find(path);
            return value_hint(*port, now == vocabulary.values.end() ? "" : now->second);
        }
    Hint hint;
    std::string* part = &hint.before;
    for (const Slot& slot : spot.phrase->slots) {
        const bool here = &slot == spot.slot;
        if (here && !hint.before.empty()) hint.before += " ";
        if (!part->empty() && !here) *part += " ";
        if (part == &hint.after && hint.after.empty()) hint.after = " ";
        (here ? hint.here : *part) += slot.usage();
        if (!here) continue;
        part = &hint.after;
        if (!slot.range.empty()) hint.after = fmt::format(" {}", slot.range);
    }
    const std::string help = spot.phrase->help;
    if (!help.empty())
        hint.after += (hint.before.empty() && hint.here.empty() && hint.after.empty() ? "" : "   ") + help;
    return hint;
}

Hint cut_to(Hint hint, std::size_t width) {
    std::size_t left = width;
    for (std::string* part : {&hint.before, &hint.here, &hint.after}) shorten(*part, left);
    return hint;
}

std::string parameter_at(std::string_view text, std::size_t cursor, const Vocabulary& vocabulary) {
    const std::string path = spot_in(text.substr(0, std::min(cursor, text.size())), vocabulary).parameter();
    return vocabulary.parameter(path) ? path : "";
}

}  // namespace chronus::hand
