#include "studio/values.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/nearest.h"
#include "text/numbers.h"

namespace chronus {

Result<float> read_base(const PublicPort& port, const std::string& text, Shelf& sounds) {
    if (const auto kind = port.shelf()) {
        const auto place = sounds.place_of(*kind, text);
        if (!place) return place.refusal();
        return static_cast<float>(*place);
    }
    if (!port.choices.empty()) {
        const auto choice = std::find(port.choices.begin(), port.choices.end(), text);
        if (choice != port.choices.end()) return static_cast<float>(choice - port.choices.begin());
    }
    std::string number = text;
    if (!port.unit.empty() && number.size() > port.unit.size() && number.ends_with(port.unit))
        number.resize(number.size() - port.unit.size());
    if (const auto value = read_as<float>(number)) return *value;
    if (!port.choices.empty())
        return Refusal{"type", fmt::format("{} is one of {}, not {}{}", port.name, fmt::join(port.choices, ", "), text,
                                           nearest(text, port.choices).empty() ? "" : did_you_mean(text, port.choices)), port.name + "=" + port.choices.front()};
    return Refusal{"type", fmt::format("{} wants a number{}, not {}", port.name,
                                       port.unit.empty() ? "" : " in " + port.unit, text.empty() ? "nothing" : text),
                   fmt::format("{}={}", port.name, print_number(port.initial))};
}

std::string value_word(const PublicPort& port, float value, const Shelf& sounds) {
    const auto whole = static_cast<std::uint32_t>(std::max(value, 0.0f));
    const bool exact = static_cast<float>(whole) == value;
    if (exact && port.shelf()) return sounds.name_at(whole);
    if (exact && whole < port.choices.size()) return port.choices[whole];
    return print_number(value);
}

std::string describe_range(const PublicPort& port, const Shelf& sounds) {
    const std::string initial = value_word(port, port.initial, sounds);
    if (port.shelf()) return fmt::format("a {} ({})", port.meaning == CHRONUS_SOUND ? "sound" : "wavetable", initial);
    if (!port.choices.empty()) return fmt::format("{} ({})", fmt::join(port.choices, ", "), initial);
    return fmt::format("{} to {}{}{} ({})", print_number(port.minimum), print_number(port.maximum),
                       port.unit.empty() ? "" : " ", port.unit, initial);
}

}  // namespace chronus
