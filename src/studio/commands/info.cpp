// What there is, told in full: a module, a track, a cable, or all of the rack.
#include <fmt/format.h>

#include <algorithm>

#include "sounds/wavetables.h"
#include "studio/console.h"
#include "studio/drivers.h"
#include "studio/names.h"
#include "studio/patch_text.h"
#include "studio/request.h"
#include "studio/resolve.h"
#include "studio/track_keys.h"
#include "studio/values.h"
#include "text/numbers.h"

namespace chronus {
namespace {

std::string shown(Request& request, const PublicPort& port, float value) {
    return value_word(port, value, request.types().sounds()) + (port.unit.empty() ? "" : " " + port.unit);
}

std::string cable_text(Request& request, const Cable& cable) {
    const std::string ends = print_port_name(cable.from) + " > " + print_port_name(cable.to);
    return fmt::format("{} {}{}{}{}", ends, print_number(cable.gain), cable.unit == CableUnit::own ? " in its own unit" : "",
                       cable.delayed ? ", a block later: it closes a loop" : "",
                       touched_by(request.console, request.console.touches().find("cable " + ends)));
}

std::string track_text(Request& request, const std::string& name, const Track& track) {
    std::string text = fmt::format("track {} on {}: {}", name, track.lane.empty() ? track.module : track.module + "." + track.lane, track.steps);
    if (!track.notes.empty()) text += " notes " + track.notes;
    if (!track.keys.empty()) text += " " + print_keys(track);
    if (track.muted) text += " muted";
    return text + touched_by(request.console, request.console.touches().find("track " + name));
}

Words module_words(Request& request, const std::string& id) {
    const Module& module = request.studio.modules.at(id);
    Words words{id + " " + module.type};
    if (module.poly > 1) words.emplace_back(fmt::format("poly {}", module.poly));
    const Type* type = request.types().find(module.type);
    for (const PublicPort& port : type->inputs) {
        if (!port.is_parameter()) continue;
        const auto set = module.bases.find(port.name);
        words.emplace_back(fmt::format("{} {}", port.name, shown(request, port, set == module.bases.end() ? port.initial : set->second)));
    }
    for (const auto& [name, value] : module.bases)
        if (!type->input(name)) words.emplace_back(fmt::format("{} {}", name, print_number(value)));  // of a part
    const auto touches = [&](const std::string& path) { return path == id || path.starts_with(id + "/"); };
    for (const Cable& cable : request.studio.cables)
        if (touches(cable.from.module) || touches(cable.to.module)) words.emplace_back(cable_text(request, cable));
    for (const auto& [name, track] : request.studio.tracks)
        if (touches(track.module)) words.emplace_back(track_text(request, name, track));
    return words;
}

// info bass, info kick (its track too), info slow > bass.cutoff, info
Result<Words> info(Request& request) {
    if (request.count() == 0) return Words{print_patch(request.studio, request.types())};
    const std::string text = request.rest(0);
    if (const auto arrow = text.find('>'); arrow != std::string::npos) {
        const auto trimmed = [](std::string part) {
            const auto begin = part.find_first_not_of(' ');
            return begin == std::string::npos ? "" : part.substr(begin, part.find_last_not_of(' ') - begin + 1);
        };
        const PortName from = read_port_name(trimmed(text.substr(0, arrow))), to = read_port_name(trimmed(text.substr(arrow + 1)));
        const auto is = [](const PortName& named, const PortName& one) {
            return named.module == one.module && (named.port.empty() || named.port == one.port);
        };
        Words words;
        for (const Cable& cable : request.studio.cables)
            if (is(from, cable.from) && is(to, cable.to)) words.emplace_back(cable_text(request, cable));
        if (words.empty()) return request.refuse("unknown", fmt::format("there is no cable {}", text));
        return words;
    }
    const std::string id = without_alias(request.studio, text);
    if (request.studio.modules.contains(id)) return module_words(request, id);
    if (const auto track = request.studio.tracks.find(text); track != request.studio.tracks.end())
        return Words{track_text(request, text, track->second)};
    std::vector<std::string> names = rack_names(request.studio);
    for (const auto& [name, track] : request.studio.tracks) names.push_back(name);
    return request.refuse("unknown", fmt::format("there is no module or track {}{}", text, did_you_mean(text, names)));
}

std::string told(const std::string& name, const StoredSound& sound) {
    if (sound.view().cycles) return fmt::format("wavetable {} {} cycles", name, sound.view().cycles);
    return fmt::format("sound {} {:.3f} s {} Hz {} {} onsets", name, sound.seconds(), sound.view().rate,
                       sound.channels() == 2 ? "stereo" : "mono", sound.view().onset_count);
}

// sounds, sounds break: what is read to be told is kept, as it is likely to be wanted.
Result<Words> sounds(Request& request) {
    Shelf& shelf = request.types().sounds();
    Words words;
    if (request.count() == 0) {
        const auto tables = factory_tables(), files = shelf.names(Shelf::Kind::recording);
        words.emplace_back(fmt::format("wavetables: {}", fmt::join(tables, ", ")));
        words.emplace_back(fmt::format("files: {}", files.empty() ? "none" : fmt::format("{}", fmt::join(files, ", "))));
        return words;
    }
    const std::string name = request.rest(0);
    const auto kind = std::ranges::count(factory_tables(), name) ? Shelf::Kind::wavetable : Shelf::Kind::recording;
    const auto place = shelf.place_of(kind, name);
    if (!place) return place.refusal();
    if (const auto read = shelf.load(*place); !read) return read.refusal();
    if (const auto sound = shelf.at(*place)) return Words{told(shelf.name_at(*place), *sound)};
    return request.refuse("unknown", fmt::format("there is no sound {}", name));
}

constexpr Command kCommands[] = {
    {"/sounds", {takes::many("name").or_else("")},
     "The recordings and wavetables that samplers and wavetable oscillators can play; with a name, what one is.", "/sounds basic", Effect::none, sounds},
    {"/info", {takes::many("module, track, or a cable: a > b").or_else("")},
     "Tells all of a module, a track or a cable, and who put it there; alone, all of the rack.", "/info voice1", Effect::none, info},
};

}  // namespace

std::span<const Command> info_commands() { return kCommands; }

}  // namespace chronus
