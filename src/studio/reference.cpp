#include <fmt/format.h>

#include "studio/command.h"
#include "studio/schema.h"
#include "studio/values.h"
#include "text/numbers.h"

namespace chronus {
namespace {

// In a cell of a table.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
    return escaped;
}

std::string described(const Takes& takes) {
    std::string text = fmt::format("`{}`", takes.name);
    if ((takes.kind == Kind::number || takes.kind == Kind::whole) && takes.low < takes.high)
        text += fmt::format(" {} to {}{}{}", print_number(takes.low), print_number(takes.high), takes.unit.empty() ? "" : " ", takes.unit);
    if (takes.kind == Kind::on_off) text += " on or off";
    if (takes.many) text += ", one or more";
    if (takes.optional) text += takes.initial.empty() ? " (may be left out)" : fmt::format(" (left out: {})", takes.initial);
    return text;
}

std::string range(const PublicPort& port, const Shelf& sounds) {
    if (!port.is_parameter()) return port.meaning == CHRONUS_GATE ? "gate" : "audio";
    return describe_range(port, sounds);
}

}  // namespace

std::string command_reference() {
    std::string text = "# OSC\n\nMade by `chronusd --reference osc` from the command table.\n\n"
                       "Every message is answered: `/done ADDRESS ID …` with what was understood, or "
                       "`/fail ADDRESS ID CODE REASON EXAMPLE`. The id is empty unless the message came as `/req ID ADDRESS …`. "
                       "A line of the line language is its address without the slash: `tempo 174`.\n"
                       "A number may come as i, f, h, d, T, F or as text. One that is out of range is clamped, and the answer says so.\n";
    for (const Topic& topic : command_topics()) {
        text += fmt::format("\n## {}\n\n| message | arguments | what it does | example |\n| --- | --- | --- | --- |\n", topic.name);
        for (const Command& command : topic.commands) {
            std::string arguments;
            for (const Takes& takes : command.takes) arguments += (arguments.empty() ? "" : "; ") + described(takes);
            text += fmt::format("| `{}` | {} | {} | `{}` |\n", command.address, cell(arguments), cell(command.help), cell(command.example));
        }
    }
    return text;
}

std::string module_reference(const Types& types) {
    std::string text = "# Modules\n\nMade by `chronusd --reference modules` from what the module types say of themselves. "
                       "A range is followed by its default. `create TYPE [ID] [preset=NAME] [parameter=value…]` makes one.\n";
    for (const auto& [name, type] : types.all()) {
        text += fmt::format("\n## {}\n\n{}.", name, type.summary);
        if (!type.aliases.empty()) text += fmt::format(" Also: {}.", fmt::join(type.aliases, ", "));
        if (type.poly > 1) text += fmt::format(" Plays {} notes at once, if `poly=` says nothing else.", type.poly);
        text += "\n\n| input | range | what it is |\n| --- | --- | --- |\n";
        for (const PublicPort& port : type.inputs)
            text += fmt::format("| `{}` | {} | {}{} |\n", port.name, cell(range(port, types.sounds())), cell(port.doc),
                                port.aliases.empty() ? "" : fmt::format(" (also {})", fmt::join(port.aliases, ", ")));
        for (const PublicPort& port : type.outputs)
            text += fmt::format("| > `{}` | | {} |\n", port.name, cell(port.doc));
        if (!type.presets.empty()) text += "\n| preset | what it sounds like |\n| --- | --- |\n";
        for (const auto& [preset, told] : type.presets) text += fmt::format("| `{}` | {} |\n", preset, cell(told.doc));
    }
    return text;
}

}  // namespace chronus
