// The wiring with its living parts: what compile puts in order.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "handoff/instance.h"
#include "handoff/plan.h"
#include "studio/wiring.h"

namespace chronus {

struct Graph {
    struct Node {
        std::string id;
        std::shared_ptr<Instance> instance;
        std::uint32_t type_slot = 0;
    };
    struct Edge {
        std::size_t from = 0, output = 0;
        std::size_t to = 0, input = 0;  // to: a node or kMix
        bool octaves = false;           // counts in octaves of an exponential parameter
        bool delayed = false;
        bool leaving = false;           // it fades out
        std::shared_ptr<CableInstance> cable;
    };
    // What messages address, by index.
    struct Address {
        std::uint32_t index = 0;
        std::uint32_t generation = 0;
        int lanes = 1;
        std::shared_ptr<Voices> voices;
        std::vector<std::vector<Place::Goal>> goals;  // one an input, in nodes
        std::vector<Place::Way> ways = {};            // likewise
    };
    std::vector<Node> nodes;  // sorted by id
    std::vector<Edge> edges;
    std::vector<Address> addresses;
};

// A loop of edges that has no delayed one.
bool has_loop(const Graph& graph);

// Puts the graph in order: batches by depth and type, sums in order of their sources' ids, memory by liveness.
std::unique_ptr<Plan> compile(const Graph& graph);

}  // namespace chronus
