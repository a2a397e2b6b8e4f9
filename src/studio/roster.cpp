#include "studio/roster.h"

#include <fmt/format.h>

#include <algorithm>

#include "studio/keeper.h"

namespace chronus {
namespace {

// Sums are in the order of names: of two of one id the elder comes first, however many were born before.
std::string name_of(const Leaf& leaf) { return fmt::format("{}@{:010}", leaf.id, leaf.birth); }

bool counts_in_octaves(const LeafCable& cable, const Wiring& wiring) {
    if (cable.to == kMix || cable.unit == CableUnit::own) return false;
    const PublicPort& port = wiring.leaves[cable.to].type->inputs[cable.input];
    return port.is_parameter() && port.curve == CHRONUS_EXPONENTIAL;
}

// A faded gate would be a soft note: these cables are there at once.
bool leads_to_gate(const LeafCable& cable, const Wiring& wiring) {
    return cable.to != kMix && wiring.leaves[cable.to].type->inputs[cable.input].meaning == CHRONUS_GATE;
}

// A cable on its way out may run against a new one: it fades a block late rather than close a loop. The one that
// left last has the first right to stay as it was, so that nothing depends on those that have faded already.
void delay_leaving(Graph& graph) {
    std::vector<Graph::Edge*> waiting;
    for (Graph::Edge& edge : graph.edges) {
        if (!edge.leaving || edge.delayed) continue;
        edge.delayed = true;
        waiting.push_back(&edge);
    }
    for (auto edge = waiting.rbegin(); edge != waiting.rend(); ++edge) {
        (*edge)->delayed = false;
        if (has_loop(graph)) (*edge)->delayed = true;
    }
}

}  // namespace

// FNV-1a, then SplitMix64's mixing.
std::uint64_t seed_of(const std::string& id, std::uint64_t studio_seed) {
    std::uint64_t z = 0xcbf29ce484222325u ^ studio_seed;
    for (const char c : id) z = (z ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

std::shared_ptr<Instance> Roster::make(const Leaf& leaf, std::uint64_t seed) {
    auto memory = std::make_shared<Memory>();
    const chronus_module_type& type = leaf.type->leaf->descriptor();
    memory->state = states_.take(type.state_size, type.state_alignment);
    auto instance = make(leaf, seed, std::make_shared<Keeper>(leaf.type->leaf, std::move(memory)));
    type.reset(instance->state, instance->seed);
    if (type.prepare) type.prepare(instance->state, instance->arena, rate_);
    return instance;
}

// In memory that is there: as it is.
std::shared_ptr<Instance> Roster::make(const Leaf& leaf, std::uint64_t seed, std::shared_ptr<Keeper> keeper) {
    const chronus_module_type& type = keeper->type->descriptor();
    auto instance = std::make_shared<Instance>();
    instance->id = leaf.id;
    instance->type = &type;
    instance->state = keeper->memory->state.get();
    instance->arena = keeper->memory->arena.host();
    instance->rewind_context = &keeper->memory->arena;
    instance->rewind = [](void* arena) noexcept { static_cast<HostArena*>(arena)->rewind(); };
    instance->seed = seed_of(leaf.id, seed);
    instance->rate = rate_;
    instance->index = index_of(leaf.id.substr(0, leaf.id.rfind('#')));
    instance->keeper = std::move(keeper);
    instance->parameters.resize(type.input_count);
    instance->gates.resize(type.input_count);
    for (std::uint32_t i = 0; i < type.input_count; ++i) {
        Parameter& parameter = instance->parameters[i];
        parameter.base = leaf.bases[i];
        parameter.glide.length = static_cast<std::int32_t>(type.inputs[i].smoothing * static_cast<float>(rate_));
        parameter.glide.jump(leaf.bases[i]);
    }
    return instance;
}

std::uint32_t Roster::index_of(const std::string& path) {
    if (const auto known = indices_.find(path); known != indices_.end()) return known->second;
    paths_.push_back(path);
    return indices_[path] = static_cast<std::uint32_t>(paths_.size() - 1);
}

std::uint32_t Roster::type_slot(const std::string& type) {
    const auto found = std::find(type_slots_.begin(), type_slots_.end(), type);
    if (found != type_slots_.end()) return static_cast<std::uint32_t>(found - type_slots_.begin());
    type_slots_.push_back(type);
    return static_cast<std::uint32_t>(type_slots_.size() - 1);
}

void Roster::sweep() {
    leaving_.clear();
    longest_fade_ = 0;
    for (auto& [key, connection] : connections_) connection.waiting = false;
}

void Roster::forget_until(std::uint64_t plan) {
    std::erase_if(leaving_, [&](const Connection& connection) { return connection.left <= plan; });
}

std::string Roster::key_of(const Connection& connection) {
    return connection.from + "." + std::to_string(connection.edge.output) + ">" + connection.to + "." +
           std::to_string(connection.edge.input) + (connection.edge.octaves ? "o" : "");
}

// Cables of one kind between the same two places are one connection: their gains add up.
Roster::Connections Roster::wanted(const Wiring& wiring, const std::vector<std::string>& names) const {
    Connections all;
    for (const LeafCable& cable : wiring.cables) {
        const bool octaves = counts_in_octaves(cable, wiring);
        const std::string to = cable.to == kMix ? "" : names[cable.to];
        const Connection connection{.from = names[cable.from], .to = to,
                                    .edge = {.output = cable.output, .input = cable.input, .octaves = octaves,
                                             .delayed = cable.delayed, .cable = nullptr},
                                    .gain = 0, .gates = leads_to_gate(cable, wiring)};
        all.emplace(key_of(connection), connection).first->second.gain += cable.gain;
    }
    return all;
}

// Brings the connections from what the last plan had to what this wiring wants.
void Roster::follow(const Wiring& wiring, const std::vector<std::string>& names) {
    Connections next = wanted(wiring, names);
    for (auto& [key, connection] : next) {
        connection.fade = connection.gates ? 0 : frames(kFadeSeconds);
        const auto old = connections_.find(key);
        if (old != connections_.end()) {
            connection.edge.cable = std::move(old->second.edge.cable);
            connection.told = old->second.told && old->second.gain == connection.gain;
            connection.fresh = false;
            connection.waiting = old->second.waiting;
        } else {
            connection.edge.cable = std::make_shared<CableInstance>();
            connection.edge.cable->gain.length = connection.fade;
            // What is faded in is fed in full from the first.
            if (risen_.contains(connection.to)) connection.edge.cable->gain.jump(connection.gain);
            else if (risen_.contains(connection.from) && !connection.gates) connection.fade = frames(kCrossfadeSeconds);
        }
    }
    for (auto& [key, connection] : connections_) {
        if (!connection.edge.cable) continue;  // it stays
        connection.edge.leaving = true;
        connection.left = plans_;
        connection.gain = 0;
        connection.told = false;
        connection.fade = connection.gates ? 0 : frames(kFadeSeconds);
        longest_fade_ = std::max<std::int64_t>(longest_fade_, frames(kFadeSeconds));
        leaving_.push_back(std::move(connection));
    }
    connections_ = std::move(next);
}

std::vector<GainChange> Roster::new_gains() {
    std::vector<GainChange> changes;
    const auto tell = [&](Connection& connection) {
        if (connection.told || connection.waiting || connection.held) return;
        changes.push_back({connection.edge.cable.get(), connection.gain, connection.fade});
        connection.told = true;
    };
    for (Connection& connection : leaving_) tell(connection);
    for (auto& [key, connection] : connections_) tell(connection);
    return changes;
}

// Of the cables that no plan has had, those that would close a loop with what fades out wait until that has gone.
void Roster::let_wait(const Wiring& wiring, const std::vector<std::string>& names) {
    std::vector<Connection*> candidates;
    for (auto& [key, connection] : connections_)
        if (connection.fresh && !connection.waiting) candidates.push_back(&connection), connection.waiting = true;
    for (Connection* candidate : candidates) {
        candidate->waiting = false;
        if (has_loop(graph_of(wiring, names, Cables::before))) candidate->waiting = true;
    }
}

Graph Roster::graph_of(const Wiring& wiring, const std::vector<std::string>& names, Cables cables) {
    // Those in the wiring, and those that what fades still comes from or goes to.
    std::map<std::string, std::size_t> nodes;
    for (const std::string& name : names) nodes.emplace(name, 0);
    for (const Connection& connection : leaving_) {
        nodes.emplace(connection.from, 0);
        if (!connection.to.empty()) nodes.emplace(connection.to, 0);
    }
    std::erase_if(members_, [&](const auto& member) { return !nodes.contains(member.first); });

    Graph graph;
    for (auto& [name, index] : nodes) {
        index = graph.nodes.size();
        const std::shared_ptr<Instance>& instance = members_.at(name);
        graph.nodes.push_back({instance->id, instance, type_slot(instance->type->name)});
    }
    const auto add = [&](const Connection& connection) {
        Graph::Edge edge = connection.edge;
        edge.from = nodes.at(connection.from);
        edge.to = connection.to.empty() ? kMix : nodes.at(connection.to);
        graph.edges.push_back(std::move(edge));
    };
    for (const Connection& connection : leaving_)
        if (cables != Cables::after) add(connection);
    for (const auto& [key, connection] : connections_)
        if (cables != Cables::before || !connection.waiting) add(connection);
    for (const Place& place : wiring.places) {
        Graph::Address address{index_of(place.path), static_cast<std::uint32_t>(place.birth), place.lanes, nullptr,
                               place.goals, place.ways};
        for (auto& goals : address.goals)
            for (Place::Goal& goal : goals) goal.leaf = nodes.at(names[goal.leaf]);
        for (Place::Way& way : address.ways) way.leaf = nodes.at(names[way.leaf]);
        if (place.lanes > 1) {
            auto& voices = voices_[place.path + "@" + std::to_string(place.birth)];
            if (!voices || voices->lanes.size() != static_cast<std::size_t>(place.lanes)) {
                voices = std::make_shared<Voices>();
                voices->lanes.resize(static_cast<std::size_t>(place.lanes));
                voices->quietest = place.quietest;
            }
            address.voices = voices;
        }
        graph.addresses.push_back(std::move(address));
    }
    return graph;
}

std::unique_ptr<Plan> Roster::plan(const Wiring& wiring, std::uint64_t seed) {
    std::vector<std::string> names;
    for (const Leaf& leaf : wiring.leaves) names.push_back(name_of(leaf));
    ++plans_;
    succeed(wiring, names, seed);
    for (std::size_t n = 0; n < names.size(); ++n)
        if (std::shared_ptr<Instance>& member = members_[names[n]]; !member) member = make(wiring.leaves[n], seed);
    follow(wiring, names);
    Graph all = graph_of(wiring, names, Cables::all);
    if (!has_loop(all)) {
        for (auto& [key, connection] : connections_) connection.waiting = false;
        std::unique_ptr<Plan> plan = compile(all);
        plan->gains = new_gains();
        plan->successions = std::move(successions_);
        return plan;
    }
    let_wait(wiring, names);
    Graph before = graph_of(wiring, names, Cables::before);
    // What was turned round twice within one fade has no order left: there it may click.
    if (has_loop(before)) delay_leaving(before);
    std::unique_ptr<Plan> plan = compile(before);
    plan->gains = new_gains();
    plan->successions = std::move(successions_);
    plan->next = compile(graph_of(wiring, names, Cables::after));
    for (const auto& [key, connection] : connections_)
        if (connection.waiting) plan->next->gains.push_back({connection.edge.cable.get(), connection.gain, connection.fade});
    for (const Connection& connection : leaving_)
        if (!connection.held) plan->until.push_back(connection.edge.cable.get());
    return plan;
}

}  // namespace chronus
