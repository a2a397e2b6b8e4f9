// Another build of a type in the place of the one there is: everything that is made of it is read again.
#include <fmt/format.h>

#include <algorithm>

#include "studio/type.h"

namespace chronus {
namespace {

// What the new one no longer has is left out. Parts of composites are known by their paths only.
void keep_presets(const Type& old, Type& type) {
    for (auto [name, preset] : old.presets) {
        Bases known;
        for (const auto& [parameter, value] : preset.bases)
            if (type.input(parameter) || parameter.find('/') != std::string::npos) known[parameter] = value;
        preset.bases = std::move(known);
        type.presets.insert_or_assign(name, std::move(preset));
    }
}

}  // namespace

void Types::put(Type type) {
    const std::string name = type.name;
    std::erase_if(aliases_, [&](const auto& alias) { return alias.second == name; });
    for (const std::string& alias : type.aliases) aliases_.emplace(alias, name);
    types_.insert_or_assign(name, std::move(type));
}

// Takes out the composites that are made of it, of those that are made of them, and so on.
std::vector<Type> Types::take_users_of(const std::string& name) {
    std::vector<Type> taken;
    std::vector<std::string> names{name};
    for (std::size_t next = 0; next < names.size(); ++next) {
        for (auto type = types_.begin(); type != types_.end();) {
            const auto uses = [&](const Part& part) { return part.module.type == names[next]; };
            if (std::none_of(type->second.parts.begin(), type->second.parts.end(), uses)) {
                ++type;
                continue;
            }
            names.push_back(type->first);
            taken.push_back(std::move(type->second));
            type = types_.erase(type);
        }
    }
    return taken;
}

Result<Types> Types::renewed(const std::string& name, const std::function<Result<Type>(const Types&)>& read) const {
    Types next = *this;
    std::vector<Type> users = next.take_users_of(name);
    const auto old = types_.find(name);
    next.types_.erase(name);
    auto type = read(next);
    if (!type) return type.refusal();
    if (old != types_.end()) keep_presets(old->second, *type);
    next.put(std::move(*type));
    while (!users.empty()) {
        std::vector<Type> waiting;
        std::optional<Refusal> why;
        for (Type& user : users) {
            auto again = read_composite(user.name, user.text, next);
            if (!again) {
                why = again.refusal();
                waiting.push_back(std::move(user));
                continue;
            }
            again->file = user.file;
            again->text = user.text;
            keep_presets(user, *again);
            next.put(std::move(*again));
        }
        if (waiting.size() == users.size())
            return Refusal{"type", fmt::format("{} is used by {}, which would no longer work: {}", name, waiting.front().name, why->reason), ""};
        users = std::move(waiting);
    }
    return next;
}

Result<Types> Types::with(std::shared_ptr<const ModuleType> build, const std::string& file) const {
    const std::string name(build->name());
    return renewed(name, [&](const Types&) -> Result<Type> {
        Type type = leaf_type(std::move(build));
        type.file = file;
        return type;
    });
}

Result<Types> Types::with(const std::string& name, const std::string& text, const std::string& file) const {
    return renewed(name, [&](const Types& others) -> Result<Type> {
        auto type = read_composite(name, text, others);
        if (!type) return type.refusal();
        type->file = file;
        type->text = text;
        return type;
    });
}

}  // namespace chronus
