#include "chronus/vocabulary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "chronus/track_line.h"
#include "text/numbers.h"

namespace chronus::hand {
namespace {

using Json = nlohmann::json;

std::string text_in(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string number_in(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) return "";
    return found->is_number() ? print_number(found->get<double>()) : text_in(json, key);
}

const Json& list_in(const Json& json, const char* key) {
    static const Json none = Json::array();
    const auto found = json.find(key);
    return found != json.end() && found->is_array() ? *found : none;
}

std::string range_of(const std::string& low, const std::string& high, const std::string& unit) {
    if (low.empty() || high.empty()) return "";
    return fmt::format("{} .. {}{}{}", low, high, unit.empty() ? "" : " ", unit);
}

Slot slot_of(const Json& json) {
    Slot slot;
    slot.name = text_in(json, "name");
    slot.kind = text_in(json, "kind");
    slot.range = range_of(number_in(json, "low"), number_in(json, "high"), text_in(json, "unit"));
    slot.initial = text_in(json, "default");
    slot.optional = json.value("optional", false);
    slot.many = json.value("many", false);
    return slot;
}

Phrase phrase_of(std::string name, const Json& json) {
    Phrase phrase{std::move(name), text_in(json, "topic"), text_in(json, "help"), {}};
    for (const Json& argument : list_in(json, "arguments")) phrase.slots.push_back(slot_of(argument));
    return phrase;
}

PortInfo port_of(const Json& json) {
    PortInfo port;
    port.name = text_in(json, "name");
    port.kind = text_in(json, "kind");
    port.unit = text_in(json, "unit");
    port.doc = text_in(json, "doc");
    port.low = number_in(json, "low");
    port.high = number_in(json, "high");
    port.initial = number_in(json, "default");
    for (const Json& choice : list_in(json, "choices"))
        if (choice.is_string()) port.choices.push_back(choice);
    return port;
}

Json parsed(std::string_view text) {
    Json json = Json::parse(text, nullptr, false);
    return json.is_object() ? json : Json::object();
}

}  // namespace

std::string Slot::usage() const {
    if (is_literal()) return literal();
    const std::string all = many ? name + "..." : name;
    return optional ? "[" + all + "]" : all;
}

std::string PortInfo::range() const {
    if (!choices.empty()) return fmt::format("{}", fmt::join(choices, "|"));
    return range_of(low, high, unit);
}

std::string with_slashes(std::string_view path) {
    std::string text(path);
    std::replace(text.begin(), text.end(), '.', '/');
    return text;
}

const Phrase* Vocabulary::find(std::string_view first_word) const {
    std::string_view open = first_word;
    if (const auto slash = first_word.find('/', 1);
        first_word.starts_with('/') && slash != std::string_view::npos)
        open = first_word.substr(0, slash + 1);
    const Phrase* found = nullptr;
    for (const Phrase& phrase : phrases) {
        if (phrase.name == first_word) return &phrase;
        if (phrase.name.ends_with('*') &&
            std::string_view(phrase.name).substr(0, phrase.name.size() - 1) == open)
            found = &phrase;
    }
    return found;
}

std::string Vocabulary::type_at(std::string_view path) const {
    const std::size_t end = path.find('/');
    const auto module = modules.find(std::string(path.substr(0, end)));
    if (module == modules.end()) return "";
    std::string type = module->second;
    while (path.find('/') != std::string_view::npos) {
        path.remove_prefix(path.find('/') + 1);
        const auto info = types.find(type);
        if (info == types.end()) return "";
        const auto part = info->second.parts.find(std::string(path.substr(0, path.find('/'))));
        if (part == info->second.parts.end()) return "";
        type = part->second;
    }
    return type;
}

const PortInfo* Vocabulary::parameter(std::string_view written) const {
    const std::string path = with_slashes(written);
    // As the daemon looks it up: a name of the shortest path first, as names may have slashes.
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        const auto info = types.find(type_at(std::string_view(path).substr(0, slash)));
        if (info == types.end()) return nullptr;
        for (const PortInfo& port : info->second.inputs)
            if (port.is_parameter() && port.name == path.substr(slash + 1)) return &port;
    }
    return nullptr;
}

void read_commands(std::string_view text, Vocabulary& vocabulary) {
    const Json json = parsed(text);
    std::map<std::string, Phrase> words, addresses;
    for (const Json& command : list_in(json, "commands")) {
        const std::string address = text_in(command, "address");
        addresses.emplace(address, phrase_of(address, command));
        if (address.size() > 1 && address.find('/', 1) == std::string::npos)
            words.emplace(address.substr(1), phrase_of(address.substr(1), command));
    }
    for (const Json& line : list_in(json, "lines")) {
        const std::string verb = text_in(line, "verb");
        words.insert_or_assign(verb, phrase_of(verb, line));
    }
    vocabulary.phrases.clear();
    for (auto* all : {&words, &addresses})
        for (auto& [name, phrase] : *all) vocabulary.phrases.push_back(std::move(phrase));
}

void read_type(const std::string& name, std::string_view text, Vocabulary& vocabulary) {
    const Json json = parsed(text);
    TypeInfo type;
    type.summary = text_in(json, "summary");
    type.known = true;
    for (const Json& port : list_in(json, "inputs")) type.inputs.push_back(port_of(port));
    for (const Json& port : list_in(json, "outputs")) type.outputs.push_back(port_of(port));
    for (const Json& preset : list_in(json, "presets")) type.presets[text_in(preset, "name")] = text_in(preset, "doc");
    if (const auto parts = json.find("parts"); parts != json.end() && parts->is_object())
        for (const auto& [id, part] : parts->items())
            if (part.is_string()) type.parts[id] = part;
    vocabulary.types[name] = std::move(type);
}

void read_types(const std::vector<Argument>& values, Vocabulary& vocabulary) {
    vocabulary.types.clear();
    for (const Argument& value : values) {
        const auto* line = std::get_if<std::string>(&value);
        const std::size_t colon = line ? line->find(": ") : std::string::npos;
        if (colon != std::string::npos)
            vocabulary.types[line->substr(0, colon)].summary = line->substr(colon + 2);
    }
}

void read_modules(const std::vector<Argument>& values, Vocabulary& vocabulary) {
    vocabulary.modules.clear();
    for (const Argument& value : values) {
        const auto* line = std::get_if<std::string>(&value);
        const std::size_t space = line ? line->find(' ') : std::string::npos;
        if (space != std::string::npos) vocabulary.modules[line->substr(0, space)] = line->substr(space + 1);
    }
}

void read_patches(const std::vector<Argument>& values, Vocabulary& vocabulary) {
    vocabulary.patches.clear();
    for (const Argument& value : values)
        if (const auto* name = std::get_if<std::string>(&value)) vocabulary.patches.push_back(*name);
}

void read_tracks(const std::vector<Argument>& values, Vocabulary& vocabulary) {
    vocabulary.tracks.clear();
    for (const TrackLine& track : tracks_in(values)) vocabulary.tracks.push_back(track.name);
}

}  // namespace chronus::hand
