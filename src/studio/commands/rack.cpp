// Commands that change which modules there are and how they are connected.
#include <fmt/format.h>

#include <algorithm>

#include "studio/chain.h"
#include "studio/names.h"
#include "studio/request.h"
#include "studio/scenes.h"
#include "studio/score.h"
#include "studio/settings.h"
#include "studio/wiring.h"
#include "text/message_text.h"

namespace chronus {
namespace {

bool is_id(const std::string& text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !text.empty() && text.size() <= 64 && (letter(text[0]) || (text[0] >= '0' && text[0] <= '9')) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || c == '-' || (c >= '0' && c <= '9'); });
}

std::string free_id(const Studio& studio, std::string name) {
    if (name.ends_with("_module")) name.resize(name.size() - 7);
    if (!studio.modules.contains(name) && name != kOut) return name;
    for (int n = 2;; ++n)
        if (const std::string id = name + std::to_string(n); !studio.modules.contains(id)) return id;
}

TypeOf type_of(const Request& request) {
    return [&request](const std::string& path) { return type_at(request.studio, request.types(), path); };
}

Result<const Type*> find_type(const Request& request, const std::string& name) {
    if (const Type* type = request.types().find(name)) return type;
    return request.refuse("unknown", fmt::format("there is no type {}{}", name, did_you_mean(name, request.types().names())));
}

std::string_view head_of(const PortName& name) { return std::string_view(name.module).substr(0, name.module.find('/')); }

// Whether cables lead from the module of `cable` back to where it comes from: without that it can close no loop.
bool leads_back(const Studio& studio, const Cable& cable) {
    const std::string_view goal = head_of(cable.from);
    std::vector<std::string_view> reached{head_of(cable.to)};
    for (std::size_t next = 0; next < reached.size(); ++next) {
        if (reached[next] == goal) return true;
        const std::string_view from = reached[next];
        for (const Cable& onward : studio.cables) {
            if (onward.delayed || onward.to.module == kOut || head_of(onward.from) != from) continue;
            if (const auto to = head_of(onward.to); std::find(reached.begin(), reached.end(), to) == reached.end())
                reached.push_back(to);
        }
    }
    return false;
}

// Adds cables; the one that closes a loop gets the delay. What is there already gets the new gain.
void connect(Request& request, const std::vector<Cable>& cables) {
    for (const Cable& cable : cables) {
        request.touch("cable " + print_port_name(cable.from) + " > " + print_port_name(cable.to));
        auto& all = request.studio.cables;
        const auto same = std::find_if(all.begin(), all.end(), [&](const Cable& c) { return c.from == cable.from && c.to == cable.to; });
        if (same != all.end()) {
            Cable& changed = all.edit(same);
            changed.gain = cable.gain;
            changed.unit = cable.unit;
            changed.automatic &= cable.automatic;
            changed.delayed |= cable.delayed;
            continue;
        }
        all.push_back(cable);
        if (cable.delayed || cable.to.module == kOut || !leads_back(request.studio, cable)) continue;
        if (!has_loop(wire_up(request.studio, request.types()))) continue;
        all.edit(all.size() - 1).delayed = true;
        request.notes.push_back(fmt::format("{} > {} closes a loop: it comes one block later", print_port_name(cable.from), print_port_name(cable.to)));
    }
}

// A module that is patched onward leaves the mix; one that only opens a gate or moves a parameter stays in it.
void drop_automatic(Request& request, const std::vector<Cable>& onward) {
    const auto is_sound = [&](const Cable& cable) { return leads_sound(cable, type_of(request)); };
    if (std::none_of(onward.begin(), onward.end(), is_sound)) return;
    const std::string& module = onward.front().from.module;
    request.studio.cables.erase_if([&](const Cable& c) { return c.automatic && c.from.module == module; });
}

Result<std::string> create_module(Request& request, const std::string& type_name, std::string id,
                                  const std::vector<std::string>& settings, bool quiet) {
    const auto type = find_type(request, type_name);
    if (!type) return type.refusal();
    if (id.empty()) id = free_id(request.studio, type_name);
    if (!is_id(id) || id == kOut) return request.refuse("syntax", fmt::format("{} cannot be an id: letters, digits, - and _", id));
    if (request.studio.modules.contains(id))
        return Refusal{"taken", fmt::format("there is a module {} already", id), fmt::format("create {} {}", type_name, free_id(request.studio, id))};

    request.studio.modules.set(id, {.type = (*type)->name, .birth = ++request.studio.births, .poly = (*type)->poly, .bases = {}});
    const auto said = read_settings(request, id, settings);
    if (!said) return said.refusal();
    Module& module = request.studio.modules.edit(id);
    module.bases = said->bases;
    module.poly = said->poly.value_or(module.poly);
    module.priority = said->priority.value_or(module.priority);
    log_without_preset(request, id, *said, without_settings(request.message));
    if (!quiet && !(*type)->main_outputs().empty()) {
        auto cables = cables_between({id, ""}, {kOut, ""}, {}, type_of(request));
        if (!cables) return cables.refusal();
        for (Cable& cable : *cables) cable.automatic = true;
        connect(request, *cables);
    }
    request.effects.rack = true;
    return id;
}

Result<Words> create(Request& request) {
    const std::string type = request.text(0);
    std::string id;
    std::vector<std::string> settings;
    bool quiet = false;
    for (std::size_t i = 1; i < request.count(); ++i) {
        const std::string word = request.text(i);
        if (word == "quiet") quiet = true;
        else if (word.find('=') != std::string::npos) settings.push_back(word);
        else if (id.empty() && settings.empty()) id = word;
        else return request.refuse("syntax", fmt::format("{} is neither an id nor a parameter=value", word));
    }
    const auto made = create_module(request, type, id, settings, quiet);
    if (!made) return made.refusal();
    Words words{*made, request.studio.modules.at(*made).type};
    for (const std::string& setting : settings)
        if (setting.starts_with("preset=")) words.push_back("preset " + setting.substr(7));
    return words;
}

Result<Words> remove(Request& request) {
    const std::string id = request.text(0);
    if (!request.studio.modules.contains(id))
        return request.refuse("unknown", fmt::format("there is no module {}{}", id, did_you_mean(id, rack_names(request.studio))));
    const std::set<std::string> heard = heard_tracks(request.studio);
    request.studio.modules.erase(id);
    const auto belongs = [&](const std::string& path) { return path == id || path.starts_with(id + "/"); };
    request.studio.cables.erase_if([&](const Cable& c) { return belongs(c.from.module) || belongs(c.to.module); });
    for (auto track = request.studio.tracks.begin(); track != request.studio.tracks.end();) {
        if (!belongs(track->second.module)) { ++track; continue; }
        request.notes.push_back("track " + track->first + " removed with it");
        request.remove_track(track->second);
        track = request.studio.tracks.erase(track);
    }
    forget_tracks(request.studio, belongs);
    request.follow_solo(heard);
    request.effects.rack = request.effects.removes = true;
    return Words{id};
}

PortName port_name(const Request& request, const std::string& text) {
    PortName name = read_port_name(text);
    if (name.module != kOut) name.module = without_alias(request.studio, name.module);
    return name;
}

Result<Words> connect_two(Request& request) {
    const std::string from = request.text(0), to = request.text(1);
    Gain gain;
    if (request.count() > 2) {
        const auto read = read_gain(request.text(2));
        if (!read) return read.refusal();
        gain = *read;
    }
    bool delayed = false, automatic = false;
    for (std::size_t i = 3; i < request.count(); ++i) {
        const std::string word = request.text(i);
        if (word != "delayed" && word != "automatic") return request.refuse("syntax", fmt::format("{} is neither delayed nor automatic", word));
        (word == "delayed" ? delayed : automatic) = true;
    }
    auto cables = cables_between(port_name(request, from), port_name(request, to), gain, type_of(request));
    if (!cables) return cables.refusal();
    if (delayed && (*cables)[0].to.module == kOut) return request.refuse("type", "a cable to the mix closes no loop");
    for (Cable& cable : *cables) {
        cable.delayed = delayed;
        cable.automatic = automatic;
    }
    connect(request, *cables);
    request.effects.rack = true;
    return Words{print_port_name((*cables)[0].from), print_port_name((*cables)[0].to), (*cables)[0].gain};
}

Result<Words> disconnect(Request& request) {
    const std::string from = request.text(0), to = request.text(1);
    const PortName source = port_name(request, from), sink = port_name(request, to);
    const auto matches = [](const PortName& asked, const PortName& is) {
        return asked.module == is.module && (asked.port.empty() || asked.port == is.port);
    };
    const auto gone = request.studio.cables.erase_if([&](const Cable& c) { return matches(source, c.from) && matches(sink, c.to); });
    if (gone == 0) return request.refuse("unknown", fmt::format("there is no cable from {} to {}", from, to));
    request.effects.rack = true;
    return Words{static_cast<std::int32_t>(gone)};
}

// patch a > b > out 0.5: each to the next; a name that is only a type makes a module.
Result<Words> patch(Request& request) {
    std::vector<SplitWord> words;
    for (std::size_t i = 0; i < request.count(); ++i) {
        const std::string text = request.text(i);
        const bool gain = !std::holds_alternative<std::string>(request.message.arguments[i]) || (i >= 2 && i + 1 == request.count() && read_gain(text));
        if (i > 0 && !gain) words.push_back({.text = ">"});
        words.push_back({.text = text});
    }
    auto chain = read_chain(words, 0);
    if (!chain) return chain.refusal();
    for (PortName& end : chain->ends) {
        end = port_name(request, print_port_name(end));
        if (end.module == kOut || type_at(request.studio, request.types(), end.module)) continue;
        if (end.module.find('/') != std::string::npos || !request.types().find(end.module))
            return request.refuse("unknown", fmt::format("{} is neither a module nor a type{}", end.module,
                                                         did_you_mean(end.module, rack_names(request.studio))));
        const auto made = create_module(request, end.module, "", {}, true);
        if (!made) return made.refusal();
        request.notes.push_back(fmt::format("{} was made, a {}", *made, request.studio.modules.at(*made).type));
        end.module = *made;
    }
    Words answer;
    for (std::size_t i = 0; i + 1 < chain->ends.size(); ++i) {
        const bool last = i + 2 == chain->ends.size();
        const auto cables = cables_between(chain->ends[i], chain->ends[i + 1], last ? chain->gain : Gain{}, type_of(request));
        if (!cables) return cables.refusal();
        drop_automatic(request, *cables);
        connect(request, *cables);
    }
    for (const PortName& end : chain->ends) answer.push_back(print_port_name(end));
    // A chain that ends in a module leads on to the mix, if nothing else takes it.
    const std::string& last = chain->ends.back().module;
    const auto leads_on = [&](const Cable& c) { return c.from.module == last; };
    const Type* type = last == kOut ? nullptr : type_at(request.studio, request.types(), last);
    if (type && chain->ends.back().port.empty() && !type->main_outputs().empty() && last.find('/') == std::string::npos &&
        std::none_of(request.studio.cables.begin(), request.studio.cables.end(), leads_on)) {
        auto cables = cables_between({last, ""}, {kOut, ""}, {}, type_of(request));
        if (!cables) return cables.refusal();
        for (Cable& cable : *cables) cable.automatic = true;
        connect(request, *cables);
        answer.push_back(std::string(kOut));
    }
    request.effects.rack = true;
    return answer;
}

// add reverb to bass amount=0.3: between bass and whatever it went to.
Result<Words> add(Request& request) {
    const std::string effect = request.text(0), target = request.text(1);
    const std::string source = without_alias(request.studio, target);
    if (!request.studio.modules.contains(source))
        return request.refuse("unknown", fmt::format("there is no module {}{}", target, did_you_mean(target, rack_names(request.studio))));
    std::vector<std::string> settings;
    for (std::size_t i = 2; i < request.count(); ++i) {
        std::string word = request.text(i);
        if (word.starts_with("amount=")) word.replace(0, 6, "mix");
        settings.push_back(word);
    }
    const auto made = create_module(request, effect, "", settings, true);
    if (!made) return made.refusal();
    if (request.types().find(request.studio.modules.at(*made).type)->main_inputs().empty())
        return request.refuse("type", fmt::format("{} has no audio input to stand behind {}", effect, source));
    const auto in = cables_between({source, ""}, {*made, ""}, {}, type_of(request));
    if (!in) return in.refusal();
    const std::vector<std::string> outputs = request.types().find(request.studio.modules.at(*made).type)->main_outputs();
    if (outputs.empty()) return request.refuse("type", fmt::format("{} has no audio output", effect));

    // Where the source went, the effect goes now.
    std::vector<std::pair<PortName, bool>> sinks;
    const std::vector<std::string> main = type_at(request.studio, request.types(), source)->main_outputs();
    request.studio.cables.erase_if([&](const Cable& c) {
        if (c.from.module != source || std::find(main.begin(), main.end(), c.from.port) == main.end()) return false;
        sinks.push_back({c.to, c.automatic});
        return true;
    });
    connect(request, *in);
    for (std::size_t i = 0; i < sinks.size(); ++i) {
        const std::string& port = sinks[i].first.port == "right" && outputs.size() == 2 ? outputs[1] : outputs[0];
        connect(request, {{.from = {*made, port}, .to = sinks[i].first, .gain = 1, .unit = {}, .delayed = false, .automatic = sinks[i].second}});
    }
    request.effects.rack = true;
    return Words{*made, "after " + source};
}

Result<Words> alias(Request& request) {
    const std::string name = request.text(0), path = without_alias(request.studio, request.text(1));
    if (!is_id(name)) return request.refuse("syntax", fmt::format("{} cannot be a name", name));
    if (!type_at(request.studio, request.types(), path)) return request.refuse("unknown", fmt::format("there is no module {}", path));
    request.studio.aliases[name] = path;
    request.effects.rack = true;
    return Words{name, path};
}

Result<Words> unalias(Request& request) {
    const std::string name = request.text(0);
    if (request.studio.aliases.erase(name) == 0) return request.refuse("unknown", fmt::format("{} is no other name", name));
    request.effects.rack = true;
    return Words{name};
}

Result<Words> clear(Request& request) {
    for (const auto& [name, track] : request.studio.tracks) request.remove_track(track);
    const std::uint64_t births = request.studio.births, seed = request.studio.seed;
    request.studio = Studio{};
    request.studio.births = births;
    request.studio.seed = seed;
    request.effects.rack = request.effects.removes = true;
    request.send({.kind = EventKind::stop, .frame = request.at});
    request.send_transport();
    return Words{"an empty studio"};
}

// All chance comes of it and of the modules' ids: before the first of them.
Result<Words> seed(Request& request) {
    if (request.count() == 0) return Words{static_cast<std::int64_t>(request.studio.seed)};
    if (!request.studio.modules.empty())
        return Refusal{"taken", "the seed is for an empty rack: the modules that are there have drawn from it", "/patch/new"};
    request.studio.seed = static_cast<std::uint64_t>(request.number(0));
    request.effects.noted = true;
    return Words{static_cast<std::int64_t>(request.studio.seed)};
}

constexpr Command kCommands[] = {
    {"/create", {takes::text("type"), takes::many("id, parameter=value, preset=name, poly=n or quiet").or_else("")},
     "Makes a module and connects it to the mix.", "/create kick k freq=52", Effect::rack, create},
    {"/remove", {takes::text("id")}, "Takes a module off the rack; it fades out.", "/remove k", Effect::rack, remove},
    {"/connect", {takes::text("from"), takes::text("to"), takes::text("gain").or_else("1"), takes::many("delayed or automatic").or_else("")},
     "Adds one cable. Delayed: a block later, as in a loop. Automatic: patch takes it away.", "/connect lfo1.out bass.cutoff 0.5", Effect::rack, connect_two},
    {"/disconnect", {takes::text("from"), takes::text("to")}, "Takes cables away.", "/disconnect bass out", Effect::rack, disconnect},
    {"/patch", {takes::many("module, at last a gain")},
     "Connects each module to the next; the last to the mix.", "/patch bass delay out", Effect::rack, patch},
    {"/add", {takes::text("effect"), takes::text("module"), takes::many("parameter=value or preset=name").or_else("")},
     "Puts an effect behind a module.", "/add reverb bass mix=0.3", Effect::rack, add},
    {"/alias", {takes::text("name"), takes::text("path")},
     "Another name for a module or a part of one.", "/alias filter1 voice1/filter", Effect::rack, alias},
    {"/unalias", {takes::text("name")}, "Takes another name away; what it named stays.", "/unalias filter1", Effect::rack, unalias},
    {"/seed", {takes::whole("number", 0, 9007199254740992.0).or_else("")},
     "Where all chance begins, set on an empty rack; without a number, answers it.", "/seed 7", Effect::rack, seed},
    {"/clear", {}, "Takes everything away: an empty studio.", "/clear", Effect::rack, clear},
};

}  // namespace

std::span<const Command> rack_commands() { return kCommands; }

}  // namespace chronus
