// The ear: what is asked to be listened to. Whoever answers has it heard, and says what it was like.
#include <fmt/format.h>

#include <cmath>

#include "studio/console.h"
#include "studio/names.h"
#include "studio/request.h"
#include "text/message_text.h"

namespace chronus {
namespace {

constexpr const char* kMaster = "master";
constexpr double kFewestBars = 0.25, kMostBars = 64;

Result<EarTarget> target_of(Request& request, const std::string& name) {
    if (name == kMaster) return EarTarget{};
    const Type* type = type_at(request.studio, request.types(), name);
    if (!type) {
        std::vector<std::string> names = rack_names(request.studio);
        names.emplace_back(kMaster);
        const std::string near = did_you_mean(name, names);
        return request.refuse("unknown", fmt::format("there is no module {}{}", name, near));
    }
    if (type->outputs.empty())
        return request.refuse("type", fmt::format("{} ({}) has no output", name, type->name));
    const std::string path = without_alias(request.studio, name);
    const Module& module = request.studio.modules.at(path.substr(0, path.find('/')));
    return EarTarget{request.console.roster().index_of(path), static_cast<std::uint32_t>(module.birth)};
}

// listen, listen bass, listen 2, listen bass 2
Result<Words> listen(Request& request) {
    std::size_t next = 0;
    std::string name = kMaster;
    if (request.count() > 0 && !number_of(request.message.arguments[0])) name = request.text(next++);
    const auto target = target_of(request, name);
    if (!target) return target.refusal();
    double bars = 1;
    if (request.count() > next) {
        const Argument& argument = request.message.arguments[next];
        const auto given = number_of(argument);
        if (!given) return request.refuse("type", fmt::format("bars should be a number, not {}", described(argument)));
        bars = request.clamped("bars", *given, kFewestBars, kMostBars);
    }
    const double seconds = bars * beats_a_bar(request.telemetry().timeline) * 60.0 * 1000.0 / request.studio.tempo;
    const std::int64_t from = std::max(request.at, request.telemetry().frame);
    request.effects.listening = {name, *target, from, std::llround(seconds * request.console.rate())};
    return Words{};
}

constexpr Command kCommands[] = {
    {"/listen", {takes::any("master, a module or bars").or_else("master"), takes::any("bars").or_else("1")},
    
     "Loudness, peaks, bands of the master or a module, when the bars are over.",
     "/listen master 1", Effect::none, listen},
};

}  // namespace

std::span<const Command> listen_commands() { return kCommands; }

}  // namespace chronus
