#include "studio/wiring.h"

#include <algorithm>
#include <functional>
#include <set>

namespace chronus {
namespace {

std::string below(const std::string& path, const std::string& part) {
    return path.empty() ? part : part.empty() ? path : path + "/" + part;
}

class Builder {
public:
    Builder(const Studio& studio, const Types& types) : studio_(studio), types_(types) {}

    Wiring build() {
        for (const auto& [id, module] : studio_.modules) expand(id, module, module.birth, module.poly);
        for (const Cable& cable : studio_.cables)
            if (is_link(cable)) links_[cable.from].push_back(cable.to);
        sort_leaves();
        for (const auto& [path, node] : nodes_) {
            if (node.type->leaf) continue;
            for (const Cable& cable : node.type->cables) {
                Cable inside = cable;
                inside.from.module = below(path, cable.from.module);
                inside.to.module = below(path, cable.to.module);
                connect(inside);
            }
        }
        for (const Cable& cable : studio_.cables)
            if (!is_link(cable)) connect(cable);
        for (const auto& [path, node] : nodes_) add_place(path, node);
        return std::move(wiring_);
    }

private:
    struct Node {
        const Type* type;
        std::uint64_t birth;
        int lanes;
        std::vector<float> bases;         // of a leaf
        std::vector<std::size_t> leaves;  // of a leaf: one a lane
    };

    // A leaf's port as paths: what a public port finally stands for.
    struct End {
        std::string path;
        std::size_t port;
    };

    void expand(const std::string& path, const Module& module, std::uint64_t birth, int lanes) {
        const Type* type = types_.find(module.type);
        if (!type) return;
        Node node{type, birth, lanes, {}, {}};
        if (type->leaf)
            for (const PublicPort& port : type->inputs) node.bases.push_back(port.initial);
        nodes_.emplace(path, std::move(node));
        for (const Part& part : type->parts)
            expand(below(path, part.id), part.module, birth, part.shared ? 1 : lanes);
        if (!type->leaf)
            for (const PublicPort& port : type->inputs)
                if (port.is_parameter()) set(path, port.name, port.initial);
        for (const auto& [name, value] : module.bases) set(path, name, value);
    }

    void set(const std::string& path, const std::string& name, float value) {
        std::string module = path, port = name;
        const auto node = [&] { return nodes_.find(module); };
        // An exposed name of the module itself, else a part's.
        while (node() != nodes_.end() && !node()->second.type->input(port)) {
            const auto slash = port.find('/');
            if (slash == std::string::npos) return;
            module = below(module, port.substr(0, slash));
            port = port.substr(slash + 1);
        }
        if (node() == nodes_.end()) return;
        for (const End& end : ends(module, port, &Type::inputs)) {
            Node& leaf = nodes_.at(end.path);
            const PublicPort& range = leaf.type->inputs[end.port];
            leaf.bases[end.port] = std::clamp(value, range.minimum, range.maximum);
        }
    }

    std::vector<End> ends(const std::string& path, const std::string& port,
                          std::vector<PublicPort> Type::*side) const {
        const auto node = nodes_.find(path);
        if (node == nodes_.end()) return {};
        const Type& type = *node->second.type;
        const auto index = side == &Type::inputs ? type.input(port) : type.output(port);
        if (!index) return {};
        if (type.leaf) return {{path, *index}};
        std::vector<End> all;
        for (const PortName& inside : (type.*side)[*index].inside)
            for (End& end : ends(below(path, inside.module), inside.port, side)) all.push_back(std::move(end));
        return all;
    }

    // From a gate input to another module's gate: what opens the one opens the other.
    bool is_link(const Cable& cable) const {
        const auto from = nodes_.find(cable.from.module);
        return from != nodes_.end() && !from->second.type->output(cable.from.port) &&
               from->second.type->input(cable.from.port);
    }

    void sort_leaves() {
        std::vector<std::pair<std::string, std::pair<const std::string*, int>>> all;
        for (auto& [path, node] : nodes_) {
            if (!node.type->leaf) continue;
            for (int lane = 0; lane < node.lanes; ++lane)
                all.push_back({path + "#" + std::to_string(lane), {&path, lane}});
        }
        std::sort(all.begin(), all.end());
        for (const auto& [id, place] : all) {
            Node& node = nodes_.at(*place.first);
            node.leaves.resize(static_cast<std::size_t>(node.lanes));
            node.leaves[static_cast<std::size_t>(place.second)] = wiring_.leaves.size();
            wiring_.leaves.push_back({id, node.type, node.birth, node.bases});
        }
    }

    void connect(const Cable& cable) {
        for (const End& from : ends(cable.from.module, cable.from.port, &Type::outputs)) {
            const Node& source = nodes_.at(from.path);
            if (cable.to.module == kOut) {
                for (const std::size_t leaf : source.leaves)
                    add({leaf, from.port, kMix, cable.to.port == "right" ? 1u : 0u, cable.gain, cable.unit, cable.delayed});
                continue;
            }
            for (const End& to : ends(cable.to.module, cable.to.port, &Type::inputs)) {
                const Node& sink = nodes_.at(to.path);
                const bool lane_to_lane = source.lanes == sink.lanes;
                for (std::size_t s = 0; s < source.leaves.size(); ++s)
                    for (std::size_t d = 0; d < sink.leaves.size(); ++d)
                        if (!lane_to_lane || s == d)
                            add({source.leaves[s], from.port, sink.leaves[d], to.port, cable.gain, cable.unit, cable.delayed});
            }
        }
    }
    void add(const LeafCable& cable) { wiring_.cables.push_back(cable); }

    void add_place(const std::string& path, const Node& node) {
        Place place{path, node.type, node.birth, node.lanes, {}};
        for (const PublicPort& port : node.type->inputs) {
            std::vector<Place::Goal> goals;
            if (port.meaning != CHRONUS_AUDIO) {
                for (std::size_t lane = 0; lane < static_cast<std::size_t>(node.lanes); ++lane) {
                    std::set<PortName> seen;
                    collect(path, port.name, lane, goals, seen);
                }
            }
            place.goals.push_back(std::move(goals));
        }
        add_ways(path, *node.type, place.ways);
        const auto module = studio_.modules.find(path);
        place.quietest = module != studio_.modules.end() && module->second.priority == Priority::quietest;
        wiring_.places.push_back(std::move(place));
    }

    // One main output is heard on both sides; of a source of control, its first.
    void add_ways(const std::string& path, const Type& type, std::vector<Place::Way>& ways) const {
        std::vector<std::string> main = type.main_outputs();
        if (main.empty() && !type.outputs.empty()) main = {type.outputs[0].name};
        for (std::size_t side = 0; side < main.size(); ++side)
            for (const End& end : ends(path, main[side], &Type::outputs))
                for (std::size_t lane = 0; const std::size_t leaf : nodes_.at(end.path).leaves)
                    ways.push_back({leaf, end.port, static_cast<std::uint8_t>(main.size() == 1 ? 3 : side == 0 ? 1 : 2), lane++});
    }

    void collect(const std::string& path, const std::string& port, std::size_t lane,
                 std::vector<Place::Goal>& goals, std::set<PortName>& seen) const {
        if (!seen.insert({path, port}).second) return;
        for (const End& end : ends(path, port, &Type::inputs)) {
            const Node& leaf = nodes_.at(end.path);
            // A part of its own single voice, or a linked module of other polyphony: its first lane stands for all.
            goals.push_back({leaf.leaves[lane < leaf.leaves.size() ? lane : 0], end.port});
        }
        if (const auto links = links_.find({path, port}); links != links_.end())
            for (const PortName& link : links->second) collect(link.module, link.port, lane, goals, seen);
    }

    const Studio& studio_;
    const Types& types_;
    std::map<std::string, Node> nodes_;
    std::map<PortName, std::vector<PortName>> links_;
    Wiring wiring_;
};

}  // namespace

Wiring wire_up(const Studio& studio, const Types& types) { return Builder(studio, types).build(); }

bool has_loop(const Wiring& wiring) {
    return topological_order(wiring.leaves.size(), wiring.cables).size() != wiring.leaves.size();
}

}  // namespace chronus
