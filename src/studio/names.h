// How ports are named in text and messages, and what a cable between two names means.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "refusal/refusal.h"
#include "studio/studio.h"
#include "studio/type.h"
#include "text/nearest.h"

namespace chronus {

// "bass.cutoff", "bass/filter.cutoff", "bass": the port is empty where only a module is named.
PortName read_port_name(std::string_view text);
std::string print_port_name(const PortName& name);

// Finds a module's type by path, from whatever holds the modules.
using TypeOf = std::function<const Type*(const std::string& path)>;

// Follows a path below a module of that type: voice, "filter" → svf. Null if there is no such part.
const Type* part_type(const Type& type, std::string_view path, const Types& types);

struct Gain {
    float factor = 1;
    CableUnit unit = CableUnit::natural;
};
// "0.5", "800Hz".
Result<Gain> read_gain(const std::string& text);

// The cables that "patch from > to" means: by the named ports, or by what both ends have to offer.
Result<std::vector<Cable>> cables_between(const PortName& from, const PortName& to, const Gain& gain,
                                          const TypeOf& type_of);

// Whether a cable takes a module's sound onward: from a main output to the mix or an audio input.
bool leads_sound(const Cable& cable, const TypeOf& type_of);

}  // namespace chronus
