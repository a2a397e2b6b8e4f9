// Modules of another build in the place of those that play: with their state, or crossfaded.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "studio/keeper.h"
#include "studio/roster.h"

namespace chronus {
namespace {

// What goes to one may go to the other: the numbers mean the same.
bool are_alike(const chronus_port& a, const chronus_port& b) {
    const auto names_something = [](const chronus_port& port) { return port.meaning >= CHRONUS_CHOICE; };
    if (std::string_view(a.name) != b.name || is_parameter(a) != is_parameter(b)) return false;
    return a.meaning == b.meaning || (is_parameter(a) && !names_something(a) && !names_something(b));
}

// For each of the ports which of the others it is, or kNone.
std::vector<std::int16_t> counterparts(const chronus_port* ports, std::uint32_t count, const chronus_port* others, std::uint32_t other_count) {
    std::vector<std::int16_t> all(count, Succession::kNone);
    for (std::uint32_t i = 0; i < count; ++i)
        for (std::uint32_t o = 0; o < other_count; ++o)
            if (are_alike(ports[i], others[o])) all[i] = static_cast<std::int16_t>(o);
    return all;
}

}  // namespace

// Modules whose type is of another build now.
void Roster::succeed(const Wiring& wiring, const std::vector<std::string>& names, std::uint64_t seed) {
    successions_.clear();
    risen_.clear();
    std::map<std::string, std::string> olds;  // what those that are crossfaded are called from now on
    for (std::size_t n = 0; n < names.size(); ++n) {
        const auto member = members_.find(names[n]);
        const Leaf& leaf = wiring.leaves[n];
        const chronus_module_type& type = leaf.type->leaf->descriptor();
        if (member == members_.end() || member->second->type == &type) continue;
        const std::shared_ptr<Instance> old = member->second;
        const auto keeper = std::static_pointer_cast<Keeper>(old->keeper);
        const bool same_type = std::string_view(old->type->name) == type.name;
        Succession succession{old.get(), nullptr, counterparts(type.inputs, type.input_count, old->type->inputs, old->type->input_count)};
        if (!same_type) succession.inputs.assign(type.input_count, Succession::kNone);
        std::shared_ptr<Instance> heir;
        if (same_type && leaf.type->leaf->goes_on_from(*keeper->type, old->state)) {
            heir = make(leaf, seed, std::make_shared<Keeper>(leaf.type->leaf, keeper->memory));
            succession.to = heir.get();
            if (!carry_on(names[n], succession)) heir = nullptr;
        }
        if (!heir) {
            heir = make(leaf, seed);
            succession.to = heir.get();
            const std::string parted = fmt::format("{}~{:010}", names[n], ++parted_);
            olds[names[n]] = parted;
            members_[parted] = old;
            risen_.insert(names[n]);
        }
        member->second = heir;
        successions_.push_back(std::move(succession));
    }
    if (!olds.empty()) part_from(olds);
}

// The cables of a module that goes on in another build: to the ports of the same names. False: one of them is gone.
bool Roster::carry_on(const std::string& name, const Succession& succession) {
    const chronus_module_type &now = *succession.to->type, &then = *succession.from->type;
    const auto outputs = counterparts(then.outputs, then.output_count, now.outputs, now.output_count);
    const auto moved = [&](Connection connection, bool& lost) {
        if (connection.from == name) {
            const std::int16_t heir = outputs[connection.edge.output];
            lost |= heir == Succession::kNone;
            connection.edge.output = static_cast<std::size_t>(heir);
        }
        if (connection.to == name) {
            const std::int16_t heir = succession.heir_of(static_cast<std::uint16_t>(connection.edge.input));
            lost |= heir == Succession::kNone;
            connection.edge.input = static_cast<std::size_t>(heir);
        }
        return connection;
    };
    bool lost = false;
    Connections connections;
    std::vector<Connection> leaving;
    for (const auto& [key, connection] : connections_) {
        Connection next = moved(connection, lost);
        connections.emplace(key_of(next), std::move(next));
    }
    for (const Connection& connection : leaving_) leaving.push_back(moved(connection, lost));
    if (lost) return false;
    connections_ = std::move(connections);
    leaving_ = std::move(leaving);
    return true;
}

// The old ones stay for a while, with all that leads to them; what they lead to hears them fade out.
void Roster::part_from(const std::map<std::string, std::string>& olds) {
    const auto rename = [&](std::string& name) {
        const auto old = olds.find(name);
        if (old != olds.end()) name = old->second;
        return old != olds.end();
    };
    for (Connection& connection : leaving_) {
        rename(connection.from);
        rename(connection.to);
    }
    for (auto place = connections_.begin(); place != connections_.end();) {
        Connection past = place->second;
        const bool from = rename(past.from), to = rename(past.to);
        if (!from && !to) {
            ++place;
            continue;
        }
        past.edge.leaving = true;
        past.left = plans_;
        past.held = to;
        if (!past.held) {
            past.gain = 0;
            past.told = past.waiting = false;
            past.fade = past.gates ? 0 : frames(kCrossfadeSeconds);
            longest_fade_ = std::max<std::int64_t>(longest_fade_, past.fade);
        }
        leaving_.push_back(std::move(past));
        place = connections_.erase(place);
    }
}

}  // namespace chronus
