#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>

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

constexpr const char* kHowMeasured =
    "\nPictures and figures are measured by `scripts/figures`, at 48 kHz and at the defaults if nothing else is said. A spectrogram "
    "has 10 dB a shade; what shows time or echoes gets a phrase: a click, a drum, noise, a saw. What a module costs is counted in "
    "saws, of which each of 64 costs 1: first one alone, then each of eight, which are made side by side.\n";

}  // namespace

std::string command_reference() {
    std::string text = "# OSC\n\nMade by `scripts/reference` from the command table.\n\n"
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

Figures read_figures(const std::string& text) {
    Figures figures;
    std::vector<std::string>* sentences = nullptr;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        if (!line.starts_with("  ")) sentences = line.empty() ? nullptr : &figures[line];
        else if (sentences) sentences->push_back(line.substr(2));
    }
    return figures;
}

std::string print_figures(const Figures& figures) {
    std::string text;
    for (const auto& [type, sentences] : figures) {
        text += type + "\n";
        for (const std::string& sentence : sentences) text += "  " + sentence + "\n";
    }
    return text;
}

std::string module_reference(const Types& types, const Figures& figures) {
    std::string text = "# Modules\n\nMade by `scripts/reference` from what the module types say of themselves. "
                       "A range is followed by its default. `create TYPE [ID] [preset=NAME] [parameter=value…]` makes one.\n";
    if (!figures.empty()) text += kHowMeasured;
    for (const auto& [name, type] : types.all()) {
        text += fmt::format("\n## {}\n\n{}.", name, type.summary);
        if (!type.aliases.empty()) text += fmt::format(" Also: {}.", fmt::join(type.aliases, ", "));
        if (type.poly > 1) text += fmt::format(" Plays {} notes at once, if `poly=` says nothing else.", type.poly);
        if (const auto measured = figures.find(name); measured != figures.end())
            text += fmt::format("\n\n![{0}](pictures/{0}.png)\n\n{1}", name, fmt::join(measured->second, " "));
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
