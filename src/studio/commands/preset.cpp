// Commands for settings that go by a name.
#include <fmt/format.h>

#include <algorithm>

#include "studio/console.h"
#include "studio/names.h"
#include "studio/patch_text.h"
#include "studio/presets.h"
#include "studio/settings.h"
#include "studio/wiring.h"

namespace chronus {
namespace {

Result<std::string> find_module(const Request& request, const std::string& written) {
    const std::string id = without_alias(request.studio, written);
    if (request.studio.modules.contains(id)) return id;
    return request.refuse("unknown", fmt::format("there is no module {}{}", written, did_you_mean(written, rack_names(request.studio))));
}

// What all parts of a module stand at if that was set of it.
std::vector<Leaf> parts_of(const Request& request, const std::string& id, const Bases& bases) {
    Studio rack;
    Module module = request.studio.modules.at(id);
    module.bases = bases;
    module.poly = 1;
    rack.modules.set(id, std::move(module));
    return wire_up(rack, request.types()).leaves;
}

// Names of parts that were set before have no default of their own: the parts go back to what the whole makes them.
void set_parts(Request& request, const std::string& id, const Bases& meant) {
    const std::vector<Leaf> are = parts_of(request, id, request.studio.modules.at(id).bases), shall = parts_of(request, id, meant);
    for (std::size_t i = 0; i < are.size(); ++i)
        for (std::size_t port = 0; port < are[i].bases.size(); ++port)
            if (are[i].bases[port] != shall[i].bases[port]) {
                const std::string path = are[i].id.substr(0, are[i].id.find('#'));
                request.send(request.event(EventKind::set, {id, path, "", are[i].type, port}, shall[i].bases[port]));
            }
}

// The type's own parameters, first those that go back to their defaults; then what differs in the parts.
void set_all(Request& request, const std::string& id, const Bases& meant) {
    const Type& type = *request.types().find(request.studio.modules.at(id).type);
    const Bases before = request.studio.modules.at(id).bases;
    for (const auto& [name, value] : before)
        if (const auto port = type.input(name); port && !meant.contains(name))
            request.set({id, id, name, &type, *port}, type.inputs[*port].initial);
    for (const auto& [name, value] : meant)
        if (const auto input = resolve_input(request.studio, request.types(), id + "/" + name)) request.set(*input, value);
    set_parts(request, id, meant);
    request.studio.modules.edit(id).bases = meant;
}

// preset bass screamer cutoff=200
Result<Words> preset(Request& request) {
    const auto id = find_module(request, request.text(0));
    if (!id) return id.refusal();
    std::vector<std::string> settings;
    for (std::size_t i = 1; i < request.count(); ++i) {
        const std::string word = request.text(i);
        settings.push_back(i == 1 && word.find('=') == std::string::npos ? "preset=" + word : word);
    }
    const auto said = read_settings(request, *id, settings);
    if (!said) return said.refusal();
    if (said->poly) return request.refuse("syntax", "the number of lanes is for create to say");
    if (!said->preset) return request.refuse("missing", "preset wants the name of one");
    set_all(request, *id, said->bases);
    log_without_preset(request, *id, *said, {"/preset", {*id, std::string(kDefaultPreset)}});
    Words words{*id, said->preset->name};
    for (const std::string& setting : print_settings(*id, request.studio.modules.at(*id), request.types())) words.push_back(setting);
    return words;
}

Result<Words> list(Request& request) {
    const std::string name = request.text(0);
    const Type* type = type_at(request.studio, request.types(), name);
    if (!type) type = request.types().find(name);
    if (!type) return request.refuse("unknown", fmt::format("there is no type {}{}", name, did_you_mean(name, request.types().names())));
    Words words;
    for (const auto& [preset, told] : type->presets) words.push_back(told.doc.empty() ? preset : preset + ": " + told.doc);
    return words;
}

Result<Words> save(Request& request) {
    const auto id = find_module(request, request.text(0));
    if (!id) return id.refusal();
    const Preset preset{.name = request.text(1), .doc = request.rest(2), .bases = request.studio.modules.at(*id).bases};
    if (const auto fit = check_preset_name(preset.name); !fit) return fit.refusal();
    const Type& type = *request.types().find(request.studio.modules.at(*id).type);
    if (type.presets.contains(preset.name)) request.notes.push_back("in place of the one before");
    const auto written = request.console.save_preset(type, preset);
    if (!written) return written.refusal();
    return Words{type.name, preset.name};
}

constexpr Command kCommands[] = {
    {"/preset", {takes::text("module"), takes::text("preset"), takes::many("parameter=value").or_else("")},
     "Sets a module to a preset; what neither it nor the rest of the line names goes back to its default.",
     "/preset voice1 default amp=0.5", Effect::sound, preset},
    {"/presets", {takes::text("type or module")}, "The presets of a type, and what they sound like.", "/presets kick", Effect::none, list},
    {"/preset/save", {takes::text("module"), takes::text("name"), takes::many("what it sounds like").or_else("")},
     "Keeps what was set of a module as a preset of its type, among your own.", "/preset/save voice1 hum \"a hum from next door\"",
     Effect::none, save},
};

}  // namespace

std::span<const Command> preset_commands() { return kCommands; }

}  // namespace chronus
