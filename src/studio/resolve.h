// From an address as it was written to a port: aliases, exposed names before parts, suggestions where it fails.
#pragma once
#include <string>

#include "refusal/refusal.h"
#include "studio/studio.h"
#include "studio/type.h"

namespace chronus {

struct Resolved {
    std::string module;         // id of the module on the rack
    std::string path;           // of what owns the port: the module itself, or a part of it
    std::string name;           // of the port, relative to the module: cutoff, filter/q
    const Type* type = nullptr; // of what owns the port
    std::size_t port = 0;       // index of the input

    const PublicPort& info() const { return type->inputs[port]; }
};

// The type of what stands at a path, aliases followed; null if nothing does.
const Type* type_at(const Studio& studio, const Types& types, const std::string& path);
// A path with its alias replaced: filter1/q → voice1/filter/q.
std::string without_alias(const Studio& studio, const std::string& path);

// "voice1/filter/freq", "voice1.amp": a parameter or gate input.
Result<Resolved> resolve_input(const Studio& studio, const Types& types, const std::string& text);
// "bass.filter" as it is kept: bass/filter, its alias replaced.
std::string module_path_of(const Studio& studio, std::string text);
// "voice1": where its gates and notes go. "kit.kick": a gate by its own name, of several; one that opens a single part
// is that part's, so that notes find its pitch.
Result<Resolved> resolve_gate(const Studio& studio, const Types& types, const std::string& text);
// All names on the rack, aliases too.
std::vector<std::string> rack_names(const Studio& studio);

}  // namespace chronus
