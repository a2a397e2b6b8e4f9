#include "host/descriptor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace chronus {

namespace {

using Fault = std::optional<std::string>;

constexpr std::uint32_t kMostPorts = 64;            // more is a descriptor that was not filled in
constexpr std::uint32_t kLargestState = 16u << 20;  // delay lines and tables belong into the arena
constexpr std::uint32_t kLargestAlignment = 4096;
constexpr float kLongestSmoothing = 10;  // seconds

// Names are typed in lines and stand in OSC addresses; a port may be an address of two parts, `filter/freq`.
bool is_name(std::string_view name, bool slashes) {
    if (name.empty() || name.front() < 'a' || name.front() > 'z') return false;
    return std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               (c == '/' && slashes);
    });
}

bool is_text(const char* text) {
    return text && *text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

Fault names_fault(const char* name, const char* aliases, bool slashes, std::set<std::string_view>& taken) {
    if (!is_text(name)) return "has no name";
    if (!aliases) return "has no list of aliases (\"\" for none)";
    std::vector<std::string_view> all = words_of(aliases);
    all.insert(all.begin(), name);
    for (const std::string_view word : all) {
        if (!is_name(word, slashes))
            return fmt::format(
                "is called '{}': names are a letter and then letters, digits, _ and -, all small", word);
        if (!taken.insert(word).second) return fmt::format("is called '{}', and so is another", word);
    }
    return {};
}

Fault choices_fault(const chronus_port& port) {
    std::set<std::string_view> seen;
    for (const std::string_view choice : split(port.choices, '|')) {
        if (choice.empty()) return fmt::format("has an empty choice in '{}'", port.choices);
        if (!seen.insert(choice).second) return fmt::format("has the choice '{}' twice", choice);
    }
    if (port.minimum != 0 || port.maximum != float(seen.size() - 1))
        return fmt::format("has {} choices, but a range of {}..{}", seen.size(), port.minimum, port.maximum);
    return {};
}

Fault range_fault(const chronus_port& port) {
    for (const float value : {port.minimum, port.initial, port.maximum})
        if (!std::isfinite(value)) return "has a range that is not finite";
    if (!(port.minimum < port.maximum))
        return fmt::format("has an empty range, {}..{}", port.minimum, port.maximum);
    if (!(port.minimum <= port.initial && port.initial <= port.maximum))
        return fmt::format("has the default {}, which is not in its range {}..{}", port.initial, port.minimum,
                           port.maximum);
    if (port.curve > CHRONUS_EXPONENTIAL) return "has a curve that is not known";
    if (port.curve == CHRONUS_EXPONENTIAL && !(port.minimum > 0))
        return fmt::format("is exponential, but its range begins at {}", port.minimum);
    if (!(port.smoothing >= 0 && port.smoothing <= kLongestSmoothing))
        return fmt::format("is smoothed over {} s", port.smoothing);
    if (!port.unit) return "has no unit (\"\" for none)";
    if (!port.choices) return "has no list of choices (\"\" for none)";
    if (port.meaning == CHRONUS_CHOICE) return choices_fault(port);
    return {};
}

Fault ports_fault(const char* side, const chronus_port* ports, std::uint32_t count, bool inputs) {
    if (count > kMostPorts) return fmt::format("has {} {}s", count, side);
    if (count && !ports) return fmt::format("has no table of {}s", side);
    std::set<std::string_view> taken;
    for (std::uint32_t i = 0; i < count; ++i) {
        const chronus_port& port = ports[i];
        const bool ranged = inputs && is_parameter(port);
        const std::string which =
            fmt::format("{} {} {}", ranged ? "parameter" : side, i, is_text(port.name) ? port.name : "");
        if (const Fault fault = names_fault(port.name, port.aliases, true, taken))
            return which + " " + *fault;
        if (!is_text(port.doc)) return which + " has no doc";
        if (port.meaning > CHRONUS_WAVETABLE) return which + " has a meaning that is not known";
        if (!ranged) continue;
        if (const Fault fault = range_fault(port)) return which + " " + *fault;
    }
    return {};
}

Fault state_fault(const chronus_module_type& type) {
    if (type.state_size > kLargestState)
        return fmt::format("has a state of {} bytes, more than {} (take delay lines from the arena)",
                           type.state_size, kLargestState);
    const std::uint32_t alignment = type.state_alignment;
    if (alignment == 0 || (alignment & (alignment - 1)) != 0 || alignment > kLargestAlignment)
        return fmt::format("has a state alignment of {}", alignment);
    if (!type.reset) return "has no reset";
    if (!type.process) return "has no process";
    if (!(std::isfinite(type.largest_gain) && type.largest_gain > 0))
        return fmt::format("has a largest gain of {}", type.largest_gain);
    return {};
}

}  // namespace

std::optional<std::string> fault_of(const chronus_module_type& type) {
    if (type.abi_version != CHRONUS_ABI_VERSION) return "is of another version of the module interface";
    if (type.size < sizeof(chronus_module_type))
        return fmt::format("has a descriptor of {} bytes instead of {}", type.size,
                           sizeof(chronus_module_type));
    std::set<std::string_view> taken;
    if (Fault fault = names_fault(type.name, type.aliases, false, taken)) return fault;
    if (!is_text(type.summary)) return "has no summary";
    if (Fault fault = ports_fault("input", type.inputs, type.input_count, true)) return fault;
    if (Fault fault = ports_fault("output", type.outputs, type.output_count, false)) return fault;
    if (type.input_count + type.output_count == 0) return "has neither inputs nor outputs";
    return state_fault(type);
}

bool is_parameter(const chronus_port& port) {
    return port.meaning != CHRONUS_AUDIO && port.meaning != CHRONUS_GATE;
}

std::vector<std::string_view> words_of(const char* aliases) {
    std::vector<std::string_view> words = split(aliases, ' ');
    std::erase(words, std::string_view());
    return words;
}

bool answers_to(const chronus_port& port, std::string_view name) {
    if (name == port.name) return true;
    const auto words = words_of(port.aliases);
    return std::find(words.begin(), words.end(), name) != words.end();
}

bool answers_to(const chronus_module_type& type, std::string_view name) {
    if (name == type.name) return true;
    const auto words = words_of(type.aliases);
    return std::find(words.begin(), words.end(), name) != words.end();
}

}  // namespace chronus
