#include "studio/resolve.h"

#include <fmt/format.h>

#include <algorithm>

#include "studio/names.h"

namespace chronus {
namespace {

Refusal no_module(const Studio& studio, const std::string& id) {
    return {"unknown", fmt::format("there is no module {}{}", id, did_you_mean(id, rack_names(studio))),
            studio.modules.empty() ? "create kick" : "/mod/" + studio.modules.begin()->first};
}

std::string first_of(const std::string& path) { return path.substr(0, path.find('/')); }

Result<Resolved> gate_of(const Type& type, const std::string& path) {
    const auto gate = type.gate();
    if (!gate) return Refusal{"unknown", fmt::format("{} ({}) has no gate", path, type.name), "/gate/kick 1"};
    return Resolved{first_of(path), path, type.inputs[*gate].name, &type, *gate};
}

// The part whose notes an exposed gate plays; none if it opens several, or is the whole module's.
std::optional<std::pair<const Type*, std::string>> part_behind(const Studio& studio, const Types& types, const Resolved& gate) {
    const PublicPort& port = gate.info();
    if (port.name == "gate" || port.inside.size() != 1) return std::nullopt;
    const std::string path = gate.path + "/" + port.inside[0].module;
    const Type* type = type_at(studio, types, path);
    const auto main = type ? type->gate() : std::nullopt;
    if (!main || type->inputs[*main].name != port.inside[0].port) return std::nullopt;
    return std::pair(type, path);
}

}  // namespace

std::vector<std::string> rack_names(const Studio& studio) {
    std::vector<std::string> names;
    for (const auto& [id, module] : studio.modules) names.push_back(id);
    for (const auto& [alias, path] : studio.aliases) names.push_back(alias);
    return names;
}

std::string without_alias(const Studio& studio, const std::string& path) {
    const std::string head = first_of(path);
    if (studio.modules.contains(head)) return path;
    const auto alias = studio.aliases.find(head);
    return alias == studio.aliases.end() ? path : alias->second + path.substr(head.size());
}

const Type* type_at(const Studio& studio, const Types& types, const std::string& written) {
    const std::string path = without_alias(studio, written);
    const std::string id = first_of(path);
    const auto module = studio.modules.find(id);
    if (module == studio.modules.end()) return nullptr;
    const Type* type = types.find(module->second.type);
    if (!type) return nullptr;
    return part_type(*type, id.size() < path.size() ? path.substr(id.size() + 1) : "", types);
}

Result<Resolved> resolve_input(const Studio& studio, const Types& types, const std::string& text) {
    std::string path = text;
    std::replace(path.begin(), path.end(), '.', '/');
    path = without_alias(studio, path);
    const std::string id = first_of(path);
    const auto module = studio.modules.find(id);
    if (module == studio.modules.end()) return no_module(studio, id);
    if (id.size() == path.size())
        return Refusal{"missing", fmt::format("{} is a module: name one of its parameters", id), "/mod/" + id + "/freq"};

    // An exposed name of the shortest path, then a part's.
    const Type* top = types.find(module->second.type);
    const std::string name = path.substr(id.size() + 1);
    for (std::size_t slash = 0; slash != std::string::npos; slash = name.find('/', slash + 1)) {
        const std::string part = name.substr(0, slash);
        const Type* type = part_type(*top, part, types);
        if (!type) break;
        const std::string port = slash == 0 ? name : name.substr(slash + 1);
        if (const auto input = type->input(port); input && type->inputs[*input].meaning != CHRONUS_AUDIO) {
            const std::string owner = part.empty() ? id : id + "/" + part;
            return Resolved{id, owner, part.empty() ? type->inputs[*input].name : part + "/" + type->inputs[*input].name,
                            type, *input};
        }
    }
    std::vector<std::string> names;
    for (const PublicPort& port : top->inputs)
        if (port.is_parameter()) names.push_back(port.name);
    return Refusal{"unknown", fmt::format("{} ({}) has no parameter {}{}", id, top->name, name, did_you_mean(name, names)),
                   names.empty() ? "" : fmt::format("/mod/{}/{}", id, names.front())};
}

std::string module_path_of(const Studio& studio, std::string text) {
    std::replace(text.begin(), text.end(), '.', '/');
    return without_alias(studio, text);
}

Result<Resolved> resolve_gate(const Studio& studio, const Types& types, const std::string& text) {
    const std::string path = module_path_of(studio, text);
    const Type* type = type_at(studio, types, path);
    if (type && path == first_of(path)) return gate_of(*type, path);
    // An exposed name goes before a part's, as everywhere.
    if (const auto named = resolve_input(studio, types, path); named && named->info().meaning == CHRONUS_GATE) {
        if (const auto part = part_behind(studio, types, *named)) return gate_of(*part->first, part->second);
        return named;
    } else if (!type) {
        return named ? Refusal{"type", fmt::format("{} is not a gate", text), "/gate/" + named->module + " 1"} : named;
    }
    return gate_of(*type, path);
}

}  // namespace chronus
