#include "studio/schema.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "studio/command.h"
#include "studio/line.h"
#include "text/numbers.h"

namespace chronus {
namespace {

using Json = nlohmann::ordered_json;

const char* name_of(Kind kind) {
    switch (kind) {
        case Kind::text: return "text";
        case Kind::number: return "number";
        case Kind::whole: return "whole number";
        case Kind::on_off: return "on or off";
        case Kind::any: break;
    }
    return "text or number";
}

const char* name_of(chronus_meaning meaning) {
    switch (meaning) {
        case CHRONUS_AUDIO: return "audio";
        case CHRONUS_GATE: return "gate";
        case CHRONUS_CHOICE: return "choice";
        case CHRONUS_SOUND: return "sound";
        case CHRONUS_WAVETABLE: return "wavetable";
        default: return "number";
    }
}

bool has_range(const Takes& takes) {
    return (takes.kind == Kind::number || takes.kind == Kind::whole) && takes.low < takes.high;
}

// 0.2, not the float's 0.20000000298.
double shown(float value) { return read_number(print_number(value)).value_or(value); }

Json json_of(const Takes& takes) {
    Json json{{"name", takes.name}, {"kind", name_of(takes.kind)}};
    if (has_range(takes)) json["low"] = takes.low, json["high"] = takes.high;
    if (!takes.unit.empty()) json["unit"] = takes.unit;
    json["optional"] = takes.optional;
    if (!takes.initial.empty()) json["default"] = takes.initial;
    if (takes.many) json["many"] = true;
    return json;
}

Json json_of(const TakesAll& row) {
    Json arguments = Json::array();
    for (const Takes& takes : row) arguments.push_back(json_of(takes));
    return arguments;
}

Json json_of(const Command& command, std::string_view topic) {
    return {{"address", command.address}, {"topic", topic}, {"help", command.help},
            {"example", command.example}, {"arguments", json_of(command.takes)}};
}

Json json_of(const LineForm& form) {
    return {{"verb", form.verb}, {"help", form.help}, {"example", form.example}, {"arguments", json_of(form.takes)}};
}

Json commands() {
    Json commands = Json::array(), lines = Json::array();
    for (const Topic& topic : command_topics())
        for (const Command& command : topic.commands) commands.push_back(json_of(command, topic.name));
    for (const LineForm& form : line_forms()) lines.push_back(json_of(form));
    return {{"commands", std::move(commands)}, {"lines", std::move(lines)}};
}

Json json_of(const PublicPort& port) {
    Json json{{"name", port.name}, {"kind", name_of(port.meaning)}, {"doc", port.doc}};
    if (!port.aliases.empty()) json["aliases"] = port.aliases;
    if (!port.is_parameter() || port.shelf()) return json;
    if (!port.unit.empty()) json["unit"] = port.unit;
    if (port.choices.empty()) {
        json["low"] = shown(port.minimum), json["high"] = shown(port.maximum), json["default"] = shown(port.initial);
    } else {
        json["choices"] = port.choices;
        json["default"] = port.choices.at(static_cast<std::size_t>(port.initial));
    }
    return json;
}

Json json_of(const Type& type) {
    Json inputs = Json::array(), outputs = Json::array();
    for (const PublicPort& port : type.inputs) inputs.push_back(json_of(port));
    for (const PublicPort& port : type.outputs) outputs.push_back(json_of(port));
    Json json{{"name", type.name}, {"summary", type.summary}};
    if (!type.aliases.empty()) json["aliases"] = type.aliases;
    json["inputs"] = std::move(inputs);
    json["outputs"] = std::move(outputs);
    if (type.poly > 1) json["poly"] = type.poly;
    for (const auto& [name, preset] : type.presets) {
        Json one{{"name", name}, {"doc", preset.doc}};
        for (const auto& [parameter, value] : preset.bases) one["settings"][parameter] = shown(value);
        json["presets"].push_back(std::move(one));
    }
    for (const Part& part : type.parts) json["parts"][part.id] = part.module.type;
    return json;
}

}  // namespace

std::string schema_overview(const Types& types) {
    std::string text;
    for (const Topic& topic : command_topics()) {
        text += fmt::format("{}:", topic.name);
        for (const Command& command : topic.commands) text += fmt::format(" {}", command.address);
        text += "\n";
    }
    text += "types:";
    for (const auto& [name, type] : types.all()) text += " " + name;
    return text + "\nmore: /help COMMAND, /help TYPE, /schema TYPE (JSON), /schema commands (JSON), /schema all (JSON)";
}

std::string schema_json() { return commands().dump(); }

std::string schema_json(const Types& types) {
    Json json = commands(), all = Json::array();
    for (const auto& [name, type] : types.all()) all.push_back(json_of(type));
    json["types"] = std::move(all);
    return json.dump();
}

std::string schema_json(const Type& type) { return json_of(type).dump(); }

}  // namespace chronus
