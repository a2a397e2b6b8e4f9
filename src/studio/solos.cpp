#include "studio/solos.h"

#include <set>

#include "studio/resolve.h"

namespace chronus {
namespace {

constexpr float kHeard = 0, kNotHeard = 1;

using Ids = std::set<std::string>;

std::string first_part(const std::string& path) { return path.substr(0, path.find('/')); }

// Modules, and all that a signal of theirs reaches, or comes from.
Ids spread(const Studio& studio, Ids from, bool onward) {
    for (std::size_t before = 0; before < from.size();) {
        before = from.size();
        for (const Cable& cable : studio.cables) {
            const std::string source = first_part(cable.from.module), sink = first_part(cable.to.module);
            if (from.contains(onward ? source : sink) && sink != kOut) from.insert(onward ? sink : source);
        }
    }
    return from;
}

}  // namespace

void follow_strip_solos(Request& request) {
    Ids strips, solos;
    for (const auto& [id, module] : request.studio.modules) {
        const Type* type = request.types().find(module.type);
        if (!type || !type->input("solo") || !type->input("heard")) continue;
        strips.insert(id);
        const auto solo = module.bases.find("solo");
        if (solo != module.bases.end() && solo->second > 0) solos.insert(id);
    }
    if (strips.empty()) return;
    Ids heard = spread(request.studio, solos, true);
    heard.merge(spread(request.studio, solos, false));
    for (const std::string& id : strips) {
        const auto input = resolve_input(request.studio, request.types(), id + "/heard");
        if (!input) continue;
        const Bases& bases = request.studio.modules.at(id).bases;
        const auto base = bases.find(input->name);
        const float now = base == bases.end() ? kHeard : base->second;
        const float wanted = solos.empty() || heard.contains(id) ? kHeard : kNotHeard;
        if (now != wanted) request.set(*input, wanted);
    }
}

}  // namespace chronus
