#include "studio/addresses.h"

#include <algorithm>

#include "studio/resolve.h"
#include "text/wildcard.h"

namespace chronus {
namespace {

void add_parameters(const Type& type, const std::string& path, const std::string& pattern, std::vector<std::string>& found) {
    for (const PublicPort& port : type.inputs) {
        const std::string address = path + "/" + port.name;
        const bool is_new = std::find(found.begin(), found.end(), address) == found.end();  // a part's may be exposed by its own name
        if (port.is_parameter() && is_new && matches(pattern, address)) found.push_back(address);
    }
}

}  // namespace

std::vector<std::string> addresses_like(const Studio& studio, const Types& types, const std::string& pattern) {
    const std::size_t slash = pattern.find('/');
    const std::string head = pattern.substr(0, slash), rest = slash == std::string::npos ? "" : pattern.substr(slash);
    std::vector<std::string> found;
    for (const auto& [id, module] : studio.modules) {
        if (!matches(head, id)) continue;
        if (!has_wildcard(rest)) {
            if (rest.empty() ? bool(resolve_gate(studio, types, id)) : bool(resolve_input(studio, types, id + rest)))
                found.push_back(id + rest);
            continue;
        }
        const Type* type = types.find(module.type);
        if (!type) continue;
        add_parameters(*type, id, pattern, found);
        for (const Part& part : type->parts)
            if (const Type* inner = types.find(part.module.type)) add_parameters(*inner, id + "/" + part.id, pattern, found);
    }
    return found;
}

}  // namespace chronus
