// From a studio to what it is really made of: composites taken apart, polyphony multiplied, every cable from one
// output to one input. All names are resolved; order and memory are for compile.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "refusal/refusal.h"
#include "studio/studio.h"
#include "studio/type.h"

namespace chronus {

// One module that is really run.
struct Leaf {
    std::string id;     // path and lane: bass/filter#0
    const Type* type = nullptr;
    std::uint64_t birth = 0;
    std::vector<float> bases;  // one an input; unused for audio and gates
};

inline constexpr std::size_t kMix = static_cast<std::size_t>(-1);  // the rack's end in place of a leaf

struct LeafCable {
    std::size_t from = 0;
    std::size_t output = 0;
    std::size_t to = 0;       // or kMix
    std::size_t input = 0;    // or 0 left, 1 right
    float gain = 1;
    CableUnit unit = CableUnit::natural;
    bool delayed = false;
};

// A module or a part of one, as messages address it.
struct Place {
    std::string path;
    const Type* type = nullptr;
    std::uint64_t birth = 0;
    int lanes = 1;
    // One an input: the leaf inputs it stands for, lane by lane; empty for audio.
    struct Goal {
        std::size_t leaf;
        std::size_t input;
    };
    std::vector<std::vector<Goal>> goals;
    // The leaf outputs that its main outputs stand for, in all lanes.
    struct Way {
        std::size_t leaf;
        std::size_t output;
        std::uint8_t sides;  // 1 left, 2 right, 3 both
        std::size_t lane = 0;
    };
    std::vector<Way> ways = {};
    bool quietest = false;  // a new note takes the lane that is heard least
};

struct Wiring {
    std::vector<Leaf> leaves;   // sorted by id
    std::vector<LeafCable> cables;
    std::vector<Place> places;  // sorted by path
};

Wiring wire_up(const Studio& studio, const Types& types);

// A loop of cables that has no delayed one.
bool has_loop(const Wiring& wiring);

// Nodes 0 … count - 1 so that every edge leads onward; fewer than count where there is a loop.
template <class Edges>
std::vector<std::size_t> topological_order(std::size_t count, const Edges& edges) {
    std::vector<std::vector<std::size_t>> next(count);
    std::vector<int> waits_for(count, 0);
    for (const auto& edge : edges) {
        if (edge.delayed || edge.to == kMix) continue;
        next[edge.from].push_back(edge.to);
        ++waits_for[edge.to];
    }
    std::vector<std::size_t> order;
    for (std::size_t n = 0; n < count; ++n)
        if (waits_for[n] == 0) order.push_back(n);
    for (std::size_t done = 0; done < order.size(); ++done)
        for (const std::size_t to : next[order[done]])
            if (--waits_for[to] == 0) order.push_back(to);
    return order;
}

}  // namespace chronus
