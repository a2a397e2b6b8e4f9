// A studio as the text of a patch: the lines that a person would have written to make it.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "studio/studio.h"
#include "studio/type.h"

namespace chronus {

// What is kept of an instrument: transport settings, seed, modules in the order of the signal with what differs from
// their defaults, cables in the order of their making, other names, tracks. Read as lines on an empty studio, it makes
// one that sounds the same, bit for bit, and prints the same.
std::string print_patch(const Studio& studio, const Types& types);

struct CableLines {
    std::vector<std::string> lines;
    std::set<std::string> in_mix;   // modules whose cables to the mix are those that create makes
    std::set<std::string> patched;  // modules that one of the lines takes off the mix
};
// The cables but for those that create makes.
CableLines print_cables(const Studio& studio, const Types& types);

// A module's parameters as create takes them: cutoff=800 noise=white.
std::vector<std::string> print_settings(const std::string& id, const Module& module, const Types& types);

}  // namespace chronus
