#include "studio/settings.h"

#include <fmt/format.h>

#include "studio/patch_text.h"
#include "studio/presets.h"
#include "text/message_text.h"
#include "text/numbers.h"

namespace chronus {
namespace {

constexpr int kMostLanes = 64;
constexpr const char* kPreset = "preset=";

Result<int> read_poly(const Request& request, const std::string& text) {
    const auto lanes = read_number(text);
    if (!lanes || *lanes < 1 || *lanes > kMostLanes || *lanes != static_cast<int>(*lanes))
        return request.refuse("range", fmt::format("poly is a whole number from 1 to {}", kMostLanes));
    return static_cast<int>(*lanes);
}

Result<Done> read_setting(Request& request, const std::string& id, const std::string& word, Settings& settings) {
    const auto equals = word.find('=');
    const std::string key = word.substr(0, equals), value = equals == std::string::npos ? "" : word.substr(equals + 1);
    if (key == "poly") {
        const auto lanes = read_poly(request, value);
        if (!lanes) return lanes.refusal();
        settings.poly = *lanes;
        return Done{};
    }
    if (key == "priority") {
        settings.priority = read_priority(value);
        if (!settings.priority) return request.refuse("type", fmt::format("priority is last, low or high, or of several lanes oldest or quietest; not {}", value));
        return Done{};
    }
    const auto input = resolve_input(request.studio, request.types(), id + "/" + key);
    if (!input) return input.refusal();
    if (!input->info().is_parameter()) return request.refuse("type", key + " is not a parameter");
    const auto base = request.value_for(input->info(), value);
    if (!base) return base.refusal();
    settings.bases[input->name] = *base;
    return Done{};
}

}  // namespace

std::optional<Priority> read_priority(const std::string& text) {
    if (text == "last" || text == "oldest") return Priority::last;
    if (text == "low") return Priority::low;
    if (text == "high") return Priority::high;
    if (text == "quietest") return Priority::quietest;
    return std::nullopt;
}

std::string print_priority(Priority priority) {
    constexpr const char* kNames[] = {"last", "low", "high", "quietest"};
    return kNames[static_cast<int>(priority)];
}

Result<Settings> read_settings(Request& request, const std::string& id, const std::vector<std::string>& words) {
    Settings settings;
    for (const std::string& word : words) {
        if (!word.starts_with(kPreset)) continue;
        auto preset = find_preset(*type_at(request.studio, request.types(), id), word.substr(7));
        if (!preset) return preset.refusal();
        settings.preset = std::move(*preset);
        settings.bases = settings.preset->bases;
    }
    for (const std::string& word : words)
        if (!word.starts_with(kPreset))
            if (const auto done = read_setting(request, id, word, settings); !done) return done.refusal();
    return settings;
}

void log_without_preset(Request& request, const std::string& id, const Settings& settings, Message beginning) {
    if (!settings.preset) return;
    Module module = request.studio.modules.at(id);
    module.bases = settings.bases;
    if (settings.priority) beginning.arguments.push_back("priority=" + print_priority(*settings.priority));
    if (settings.poly) beginning.arguments.push_back(fmt::format("poly={}", *settings.poly));
    for (const std::string& setting : print_settings(id, module, request.types())) beginning.arguments.push_back(setting);
    request.log_as = {std::move(beginning)};
}

Message without_settings(const Message& message) {
    Message rest{message.address, {}};
    for (const Argument& argument : message.arguments)
        if (text_of(argument).value_or("").find('=') == std::string::npos) rest.arguments.push_back(argument);
    return rest;
}

}  // namespace chronus
