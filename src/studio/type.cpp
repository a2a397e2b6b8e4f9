#include "studio/type.h"

#include <algorithm>
#include <sstream>

#include "host/descriptor.h"
#include "host/module_path.h"
#include "studio/presets.h"

namespace chronus {
namespace {

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    std::istringstream stream{std::string(text)};
    for (std::string part; std::getline(stream, part, at);)
        if (!part.empty()) parts.push_back(part);
    return parts;
}

PublicPort public_port(const chronus_port& port) {
    return {.name = port.name, .aliases = split(port.aliases, ' '), .unit = port.unit, .doc = port.doc,
            .choices = split(port.choices, '|'), .meaning = static_cast<chronus_meaning>(port.meaning),
            .curve = static_cast<chronus_curve>(port.curve), .minimum = port.minimum, .maximum = port.maximum,
            .initial = port.initial, .inside = {}};
}

}  // namespace

Type leaf_type(std::shared_ptr<const ModuleType> loaded) {
    const chronus_module_type& d = loaded->descriptor();
    Type type;
    type.name = d.name;
    type.summary = d.summary;
    type.file = loaded->file().string();
    type.aliases = split(d.aliases, ' ');
    for (std::uint32_t i = 0; i < d.input_count; ++i) type.inputs.push_back(public_port(d.inputs[i]));
    for (std::uint32_t o = 0; o < d.output_count; ++o) type.outputs.push_back(public_port(d.outputs[o]));
    type.leaf = std::move(loaded);
    return type;
}

namespace {

std::optional<std::size_t> find_port(const std::vector<PublicPort>& ports, std::string_view name) {
    for (std::size_t i = 0; i < ports.size(); ++i)
        if (ports[i].name == name) return i;
    for (std::size_t i = 0; i < ports.size(); ++i)
        if (ports[i].answers_to(name)) return i;
    return std::nullopt;
}

std::vector<std::string> main_ports(const std::vector<PublicPort>& ports) {
    if (find_port(ports, "left") && find_port(ports, "right")) return {"left", "right"};
    for (const PublicPort& port : ports)
        if (port.meaning == CHRONUS_AUDIO) return {port.name};
    return {};
}

}  // namespace

bool PublicPort::answers_to(std::string_view text) const {
    return text == name || std::find(aliases.begin(), aliases.end(), text) != aliases.end();
}

std::optional<Shelf::Kind> PublicPort::shelf() const {
    if (meaning == CHRONUS_SOUND) return Shelf::Kind::recording;
    if (meaning == CHRONUS_WAVETABLE) return Shelf::Kind::wavetable;
    return std::nullopt;
}

std::optional<std::size_t> Type::input(std::string_view name) const { return find_port(inputs, name); }
std::optional<std::size_t> Type::output(std::string_view name) const { return find_port(outputs, name); }

std::optional<std::size_t> Type::gate() const {
    if (const auto named = input("gate"); named && inputs[*named].meaning == CHRONUS_GATE) return named;
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (inputs[i].meaning == CHRONUS_GATE) return i;
    return std::nullopt;
}

std::optional<std::size_t> Type::pitch() const {
    for (const char* name : {"freq", "pitch", "tune"})
        if (const auto port = input(name); port && inputs[*port].meaning == CHRONUS_HERTZ) return port;
    return std::nullopt;
}

std::vector<std::string> Type::main_outputs() const { return main_ports(outputs); }
std::vector<std::string> Type::main_inputs() const { return main_ports(inputs); }

Types::Types(const Library& library) : sounds_(std::make_shared<Shelf>(sound_path())) {
    // A composite may use presets of its parts, so they come with the type.
    const auto add = [&](Type type) {
        const std::string name = type.name;
        put(std::move(type));
        for (const Library::Presets& presets : library.presets())
            if (presets.type == name) read_presets(name, presets.file.string(), presets.text);
    };
    for (const std::string& name : library.names())
        if (auto loaded = library.find(name)) add(leaf_type(std::move(loaded)));

    // Composites may be made of composites: those whose parts are all known come first.
    std::vector<std::string> waiting = library.composite_names();
    std::vector<Refusal> broken;
    for (std::size_t before = waiting.size() + 1; !waiting.empty() && waiting.size() < before;) {
        before = waiting.size();
        broken.clear();
        std::vector<std::string> still;
        for (const std::string& name : waiting) {
            Result<Type> type = read_composite(name, *library.composite_text(name), *this);
            if (type) {
                if (const auto file = library.composite_file(name)) type->file = file->string();
                type->text = *library.composite_text(name);
                add(std::move(*type));
            } else {
                broken.push_back(type.refusal());
                still.push_back(name);
            }
        }
        waiting = std::move(still);
    }
    for (Refusal& problem : broken) complain(std::move(problem));
    for (const Library::Presets& presets : library.presets())
        if (!types_.contains(presets.type))
            complain({"unknown", presets.file.string() + ": there is no type " + presets.type, ""});
}

void Types::read_presets(const std::string& name, const std::string& file, const std::string& text) {
    const auto type = types_.find(name);
    if (type == types_.end()) return complain({"unknown", file + ": there is no type " + name, ""});
    for (Preset& preset : chronus::read_presets(type->second, *this, file, text, [&](Refusal problem) { complain(std::move(problem)); }))
        add_preset(name, std::move(preset));
}

void Types::add_preset(const std::string& type, Preset preset) {
    types_.at(type).presets.insert_or_assign(preset.name, preset);
}

// Once, however often a file is read.
void Types::complain(Refusal problem) {
    const auto same = [&](const Refusal& other) { return other.reason == problem.reason; };
    if (std::none_of(problems_.begin(), problems_.end(), same)) problems_.push_back(std::move(problem));
}

const Type* Types::find(std::string_view text) const {
    const auto exactly = [&](const std::string& name) -> const Type* {
        if (const auto type = types_.find(name); type != types_.end()) return &type->second;
        const auto alias = aliases_.find(name);
        return alias == aliases_.end() ? nullptr : find(alias->second);
    };
    std::string name(text);
    if (const Type* type = exactly(name)) return type;
    // What people append: tb303_module, kick2.
    if (const std::string_view tail = "_module"; name.ends_with(tail)) name.resize(name.size() - tail.size());
    if (const Type* type = exactly(name)) return type;
    while (!name.empty() && name.back() >= '0' && name.back() <= '9') name.pop_back();
    return name.empty() ? nullptr : exactly(name);
}

std::vector<std::string> Types::names() const {
    std::vector<std::string> names;
    for (const auto& [name, type] : types_) names.push_back(name);
    for (const auto& [alias, name] : aliases_) names.push_back(alias);
    return names;
}

}  // namespace chronus
