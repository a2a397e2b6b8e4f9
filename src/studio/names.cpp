#include "studio/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "text/nearest.h"
#include "text/numbers.h"

namespace chronus {
namespace {

std::vector<std::string> names_of(const std::vector<PublicPort>& ports) {
    std::vector<std::string> names;
    for (const PublicPort& port : ports) names.push_back(port.name);
    return names;
}

Refusal no_port(const char* kind, const PortName& name, const std::vector<PublicPort>& ports) {
    const std::vector<std::string> names = names_of(ports);
    return {"unknown", fmt::format("{} has no {} {}{}", name.module, kind, name.port, did_you_mean(name.port, names)),
            names.empty() ? "" : fmt::format("patch {}.{} > out", name.module, names.front())};
}

Refusal no_module(const PortName& name) {
    return {"unknown", fmt::format("there is no module {}", name.module), "create sine " + name.module};
}

// What leaves the first end: a named output, or a gate input whose gates another module follows.
Result<std::vector<std::string>> outputs_of(const PortName& from, const Type& type) {
    if (from.port.empty()) {
        std::vector<std::string> main = type.main_outputs();
        if (main.empty() && !type.outputs.empty()) main = {type.outputs[0].name};  // a source of control
        if (main.empty()) return Refusal{"unknown", fmt::format("{} has no output", from.module), ""};
        return main;
    }
    if (const auto output = type.output(from.port)) return std::vector{type.outputs[*output].name};
    if (const auto input = type.input(from.port); input && type.inputs[*input].meaning == CHRONUS_GATE)
        return std::vector{type.inputs[*input].name};
    return no_port("output", from, type.outputs);
}

std::string example_input(const std::string& module, const Type& type) {
    for (const PublicPort& port : type.inputs)
        if (port.is_parameter()) return fmt::format("patch lfo > {}.{}", module, port.name);
    return "";
}

bool is_audio(const Type& type, const std::string& output) {
    const auto port = type.output(output);
    return port && type.outputs[*port].meaning == CHRONUS_AUDIO;
}

// Where the other end leads: a named input, the audio inputs, or what is no sound to a module's gate.
Result<std::vector<std::string>> inputs_of(const PortName& to, const Type* type, bool of_sound) {
    if (!type) {  // the mix
        if (to.port.empty()) return std::vector<std::string>{"left", "right"};
        if (to.port == "left" || to.port == "right") return std::vector{to.port};
        return Refusal{"unknown", fmt::format("out has two inputs, left and right, but no {}", to.port), "patch bass > out.left"};
    }
    if (!to.port.empty()) {
        if (const auto input = type->input(to.port)) {
            const PublicPort& port = type->inputs[*input];
            // A place that nothing was sent for may be filled just now.
            if (port.shelf()) return Refusal{"type", fmt::format("{} takes the name of a sound, and no cable", to.port), fmt::format("set {}.{} {}", to.module, port.name, Shelf::kNone)};
            return std::vector{port.name};
        }
        return no_port("input", to, type->inputs);
    }
    std::vector<std::string> main = type->main_inputs();
    if (main.empty() && !of_sound)
        if (const auto gate = type->gate()) main = {type->inputs[*gate].name};
    if (main.empty())
        return Refusal{"unknown", fmt::format("{} has no audio input; name one of its parameters", to.module),
                       example_input(to.module, *type)};
    return main;
}

}  // namespace

PortName read_port_name(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return {std::string(text), ""};
    return {std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
}

std::string print_port_name(const PortName& name) {
    return name.port.empty() ? name.module : name.module + "." + name.port;
}

const Type* part_type(const Type& type, std::string_view path, const Types& types) {
    if (path.empty()) return &type;
    const auto slash = path.find('/');
    for (const Part& part : type.parts) {
        if (part.id != path.substr(0, slash)) continue;
        const Type* found = types.find(part.module.type);
        if (!found) return nullptr;
        return part_type(*found, slash == std::string_view::npos ? "" : path.substr(slash + 1), types);
    }
    return nullptr;
}

Result<Gain> read_gain(const std::string& text) {
    Gain gain;
    std::string number = text;
    for (const std::string_view unit : {"Hz", "hz", "s", "dB", "oct"}) {
        if (!number.ends_with(unit)) continue;
        number.resize(number.size() - unit.size());
        gain.unit = unit == "oct" ? CableUnit::natural : CableUnit::own;
        break;
    }
    const auto factor = read_as<float>(number);
    if (!factor || std::abs(*factor) > 1e6f)
        return Refusal{"range", fmt::format("{} is not a gain", text), "patch lfo > bass.cutoff 800Hz"};
    gain.factor = *factor;
    return gain;
}

Result<std::vector<Cable>> cables_between(const PortName& from, const PortName& to, const Gain& gain,
                                          const TypeOf& type_of) {
    const Type* source = type_of(from.module);
    if (!source) return no_module(from);
    const Type* sink = to.module == kOut ? nullptr : type_of(to.module);
    if (!sink && to.module != kOut) return no_module(to);
    const auto outputs = outputs_of(from, *source);
    if (!outputs) return outputs.refusal();
    const auto inputs = inputs_of(to, sink, is_audio(*source, outputs->front()));
    if (!inputs) return inputs.refusal();

    std::vector<Cable> cables;
    const auto add = [&](const std::string& output, const std::string& input, float factor) {
        cables.push_back({.from = {from.module, output}, .to = {to.module, input}, .gain = factor, .unit = gain.unit});
    };
    if (outputs->size() == inputs->size()) {
        for (std::size_t i = 0; i < outputs->size(); ++i) add((*outputs)[i], (*inputs)[i], gain.factor);
    } else if (outputs->size() == 1) {
        for (const std::string& input : *inputs) add((*outputs)[0], input, gain.factor);
    } else {
        for (const std::string& output : *outputs) add(output, (*inputs)[0], gain.factor / static_cast<float>(outputs->size()));
    }
    return cables;
}

bool leads_sound(const Cable& cable, const TypeOf& type_of) {
    const Type* from = type_of(cable.from.module);
    const Type* to = cable.to.module == kOut ? nullptr : type_of(cable.to.module);
    const auto input = to ? to->input(cable.to.port) : std::nullopt;
    const std::vector<std::string> main = from ? from->main_outputs() : std::vector<std::string>{};
    return std::find(main.begin(), main.end(), cable.from.port) != main.end() &&
           (!to || (input && to->inputs[*input].meaning == CHRONUS_AUDIO));
}

}  // namespace chronus
