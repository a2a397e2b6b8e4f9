#include "studio/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "studio/request.h"
#include "text/message_text.h"
#include "text/numbers.h"

namespace chronus {
namespace {

using Rows = std::unordered_map<std::string_view, const Command*>;

const Rows& table() {
    static const Rows rows = [] {
        Rows all;
        for (const Topic& topic : command_topics())
            for (const Command& command : topic.commands) all.emplace(command.address, &command);
        return all;
    }();
    return rows;
}

std::string wanted(const Takes& takes) {
    switch (takes.kind) {
        case Kind::text: return "text";
        case Kind::on_off: return "on or off";
        case Kind::number:
        case Kind::whole:
            return fmt::format("a {}number from {} to {}{}", takes.kind == Kind::whole ? "whole " : "", print_number(takes.low),
                               print_number(takes.high), takes.unit.empty() ? "" : fmt::format(" {}", takes.unit));
        case Kind::any: break;
    }
    return "text or a number";
}

bool fits(const Takes& takes, const Argument& argument) {
    switch (takes.kind) {
        case Kind::text: return !std::holds_alternative<Nil>(argument) && !std::holds_alternative<bool>(argument);
        case Kind::number: return number_of(argument).has_value();
        case Kind::whole: {
            const auto number = number_of(argument);
            return number && std::isfinite(*number) && *number == std::floor(*number);
        }
        case Kind::on_off: {
            const auto text = text_of(argument);
            return number_of(argument) || text == "on" || text == "off";
        }
        case Kind::any: break;
    }
    return !std::holds_alternative<Nil>(argument);
}

}  // namespace

std::vector<Topic> command_topics() {
    return {{"rack", rack_commands()}, {"information", info_commands()}, {"sound", sound_commands()}, {"transport", transport_commands()},
            {"tracks", track_commands()}, {"scenes", scene_commands()}, {"kept", kept_commands()}, {"generators", generate_commands()},
            {"patches", patch_commands()}, {"history", history_commands()}, {"sessions", session_commands()}, {"recording", record_commands()}, {"presets", preset_commands()}, {"modules", module_commands()}, {"time", time_commands()}, {"listening", listen_commands()}, {"system", system_commands()}};
}

const Command* find_command(std::string_view address) {
    if (const auto row = table().find(address); row != table().end()) return row->second;
    // /mod/bass/filter/q is answered by the row /mod/*.
    const auto slash = address.find('/', 1);
    if (slash == std::string_view::npos || slash + 1 == address.size()) return nullptr;
    const auto row = table().find(std::string(address.substr(0, slash + 1)) + "*");
    return row == table().end() ? nullptr : row->second;
}

std::vector<std::string> command_addresses() {
    std::vector<std::string> names;
    for (const auto& [address, command] : table()) names.emplace_back(address);
    std::sort(names.begin(), names.end());
    return names;
}

Result<Words> over_the_wire(Request& request) {
    return request.refuse("type", fmt::format("{} is heard as a message of its own, not within a line or a file", request.command.address));
}

std::string usage(const TakesAll& row) {
    std::string all;
    for (const Takes& takes : row) {
        const std::string name = std::string(takes.name) + (takes.many ? "…" : "");
        all += (all.empty() ? "" : " ") + (takes.optional ? "[" + name + "]" : name);
    }
    return all;
}

std::optional<Refusal> misfit(const Command& command, const Message& message) {
    const std::string example(command.example);
    for (std::size_t i = 0; i < command.takes.size(); ++i) {
        const Takes& takes = command.takes[i];
        if (i >= message.arguments.size()) {
            if (takes.optional) return std::nullopt;
            return Refusal{"missing", fmt::format("{} is missing: {} {}", takes.name, command.address, usage(command)), example};
        }
        for (std::size_t at = i; at < (takes.many ? message.arguments.size() : i + 1); ++at) {
            const Argument& argument = message.arguments[at];
            if (fits(takes, argument)) continue;
            return Refusal{"type", fmt::format("{} should be {}, not {}", takes.name, wanted(takes), described(argument)), example};
        }
    }
    return std::nullopt;
}

bool says_on(const Message& message, std::size_t index, bool otherwise) {
    if (index >= message.arguments.size()) return otherwise;
    if (const auto value = number_of(message.arguments[index])) return *value > 0;
    return text_of(message.arguments[index]) == "on";
}

std::size_t beyond(const Command& command, const Message& message) {
    const std::size_t places = command.takes.size();
    if (places > 0 && command.takes[places - 1].many) return 0;
    return message.arguments.size() > places ? message.arguments.size() - places : 0;
}

}  // namespace chronus
