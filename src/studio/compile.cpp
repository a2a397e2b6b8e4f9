#include <algorithm>
#include <deque>
#include <map>
#include <string_view>
#include <tuple>

#include "studio/buffers.h"
#include "studio/graph.h"

namespace chronus {
namespace {

constexpr std::uint32_t kUnitsAtOnce = 16;  // as many as the audio thread has scratch memory for

// All cables that meet in one place.
struct Sum {
    std::vector<std::size_t> edges;   // in order of their sources
    std::size_t next = 0;             // the first that is not yet added
    float* into = nullptr;
    const float** result = nullptr;
};

class Compiler {
public:
    explicit Compiler(const Graph& graph) : graph_(graph), plan_(std::make_unique<Plan>()) {}

    std::unique_ptr<Plan> run() {
        find_depths();
        find_order();
        lay_out_units();
        gather_sums();
        for (std::size_t first = 0; first < order_.size();) first = batch(first);
        for (auto& [place, sum] : mix_sums_) advance(sum, true);
        for (const Graph::Edge& edge : graph_.edges)
            if (edge.delayed) plan_->keeps.push_back({output(edge), edge.cable.get()});
        lay_out_addresses();
        for (const Graph::Node& node : graph_.nodes) plan_->owned.push_back(node.instance);
        for (const Graph::Edge& edge : graph_.edges) plan_->owned.push_back(edge.cable);
        for (const Graph::Address& address : graph_.addresses) plan_->owned.push_back(address.voices);
        plan_->buffers = buffers_.release();
        return std::move(plan_);
    }

private:
    void find_depths() {
        const std::size_t count = graph_.nodes.size();
        next_.resize(count);
        waits_for_.assign(count, 0);
        for (const Graph::Edge& edge : graph_.edges) {
            if (edge.delayed || edge.to == kMix) continue;
            next_[edge.from].push_back(edge.to);
            ++waits_for_[edge.to];
        }
        depth_.assign(count, 0);
        for (const std::size_t node : topological_order(count, graph_.edges))
            for (const std::size_t to : next_[node]) depth_[to] = std::max(depth_[to], depth_[node] + 1);
    }

    // Modules of one type and depth stand together, in order of their ids, as many as are run at once. Of those whose
    // sources are all there the deepest come first: what was just made is still in the cache.
    void find_order() {
        struct Rank {  // the deepest first
            int depth;
            std::string_view name;
            const chronus_module_type* type;
            bool operator<(const Rank& other) const {
                return std::tie(other.depth, name, type) < std::tie(depth, other.name, other.type);
            }
        };
        std::map<Rank, std::deque<std::size_t>> ranks;
        for (std::size_t n = 0; n < graph_.nodes.size(); ++n) {
            const chronus_module_type* type = graph_.nodes[n].instance->type;
            ranks[{depth_[n], type->name, type}].push_back(n);
        }
        while (!ranks.empty()) {
            const auto ready = [&](const auto& rank) {
                const auto& nodes = rank.second;
                return std::all_of(nodes.begin(), nodes.begin() + std::min<std::ptrdiff_t>(kUnitsAtOnce, std::ssize(nodes)),
                                   [&](std::size_t n) { return waits_for_[n] == 0; });
            };
            const auto rank = std::find_if(ranks.begin(), ranks.end(), ready);
            for (std::uint32_t i = 0; i < kUnitsAtOnce && !rank->second.empty(); ++i) {
                const std::size_t node = rank->second.front();
                rank->second.pop_front();
                order_.push_back(node);
                for (const std::size_t to : next_[node]) --waits_for_[to];
            }
            if (rank->second.empty()) ranks.erase(rank);
        }
    }

    void lay_out_units() {
        const std::size_t count = order_.size();
        unit_.resize(graph_.nodes.size());
        std::size_t signals = 0, outs = 0;
        for (std::size_t u = 0; u < count; ++u) {
            const chronus_module_type& type = *graph_.nodes[order_[u]].instance->type;
            unit_[order_[u]] = u;
            plan_->first_signal.push_back(static_cast<std::uint32_t>(signals));
            first_out_.push_back(outs);
            signals += type.input_count;
            outs += type.output_count;
        }
        plan_->signals.assign(signals, chronus_signal{nullptr, nullptr, 0});
        plan_->feeds.resize(signals);
        plan_->outs.assign(outs, nullptr);
        plan_->watches.resize(count);
        readers_.assign(outs, 0);
        is_read_.assign(outs, false);
        done_.assign(graph_.nodes.size(), false);
        for (std::size_t u = 0; u < count; ++u) {
            Instance* instance = graph_.nodes[order_[u]].instance.get();
            plan_->instances.push_back(instance);
            plan_->units.push_back({instance->state, plan_->signals.data() + plan_->first_signal[u],
                                    plan_->outs.data() + first_out_[u]});
        }
    }

    std::size_t out_of(const Graph::Edge& edge) const { return first_out_[unit_[edge.from]] + edge.output; }
    const chronus_port& source_of(const Graph::Edge& edge) const {
        return graph_.nodes[edge.from].instance->type->outputs[edge.output];
    }
    const float* output(const Graph::Edge& edge) const { return plan_->outs[out_of(edge)]; }

    void gather_sums() {
        std::vector<std::size_t> edges(graph_.edges.size());
        for (std::size_t e = 0; e < edges.size(); ++e) edges[e] = e;
        std::stable_sort(edges.begin(), edges.end(), [&](std::size_t a, std::size_t b) {
            const Graph::Edge &x = graph_.edges[a], &y = graph_.edges[b];
            return std::tie(x.from, x.output) < std::tie(y.from, y.output);
        });
        sums_of_.resize(order_.size());
        for (const std::size_t e : edges) {
            const Graph::Edge& edge = graph_.edges[e];
            // What closes a loop is read at the end of the block: its buffer is never given back.
            ++readers_[out_of(edge)];
            is_read_[out_of(edge)] = true;
            if (edge.to == kMix) {
                Sum& sum = mix_sums_[edge.input];
                sum.result = edge.input == 0 ? &plan_->left : &plan_->right;
                sum.edges.push_back(e);
                continue;
            }
            Sum& sum = sums_of_[unit_[edge.to]][{edge.input, edge.octaves}];
            sum.edges.push_back(e);
            sum.result = place_of_result(edge);
        }
        for (auto& sums : sums_of_)
            for (auto& [place, sum] : sums) note_sources(sum);
        for (auto& [place, sum] : mix_sums_) note_sources(sum);
    }

    const float** place_of_result(const Graph::Edge& edge) {
        const std::uint32_t signal = plan_->first_signal[unit_[edge.to]] + static_cast<std::uint32_t>(edge.input);
        const chronus_port& port = graph_.nodes[edge.to].instance->type->inputs[edge.input];
        if (port.meaning == CHRONUS_AUDIO) return &plan_->signals[signal].samples;
        Feed& feed = plan_->feeds[signal];
        feed.cabled = true;
        if (port.meaning == CHRONUS_GATE && source_of(edge).meaning != CHRONUS_GATE) feed.opener = edge.cable.get();
        return edge.octaves ? &feed.octaves : &feed.offset;
    }

    void note_sources(Sum& sum) {
        if (sum.edges.size() < 2) return;
        for (const std::size_t e : sum.edges) waiting_on_[graph_.edges[e].from].push_back(&sum);
    }

    // One batch: units of one type at one depth, as many at once as there is scratch memory for.
    std::size_t batch(std::size_t first) {
        std::size_t end = first;
        const auto type = [&](std::size_t u) { return plan_->instances[u]->type; };
        while (end < order_.size() && end - first < kUnitsAtOnce && type(end) == type(first) &&
               depth_[order_[end]] == depth_[order_[first]])
            ++end;
        for (std::size_t u = first; u < end; ++u)
            for (auto& [place, sum] : sums_of_[u]) advance(sum, true);
        for (std::size_t u = first; u < end; ++u)
            for (std::size_t o = 0; o < type(u)->output_count; ++o) plan_->outs[first_out_[u] + o] = buffers_.take();
        plan_->steps.push_back({.kind = Step::Kind::process, .type_slot = graph_.nodes[order_[first]].type_slot,
                                .first = static_cast<std::uint32_t>(first),
                                .count = static_cast<std::uint32_t>(end - first)});
        for (std::size_t u = first; u < end; ++u) {
            done_[order_[u]] = true;
        }
        // Sums take in what has just been made while it is warm, as far as their order allows.
        for (std::size_t u = first; u < end; ++u)
            for (Sum* sum : waiting_on_[order_[u]]) advance(*sum, false);
        for (std::size_t u = first; u < end; ++u) finish(u);
        return end;
    }

    void finish(std::size_t u) {
        for (auto& [place, sum] : sums_of_[u]) {
            if (sum.into) buffers_.give_back(sum.into);
            if (sum.edges.size() == 1) let_go(graph_.edges[sum.edges[0]]);
        }
        const std::size_t outs = plan_->instances[u]->type->output_count;
        for (std::size_t o = first_out_[u]; o < first_out_[u] + outs; ++o)
            if (!is_read_[o]) buffers_.give_back(plan_->outs[o]);
    }

    void let_go(const Graph::Edge& edge) {
        if (edge.delayed) return;
        const std::size_t out = out_of(edge);
        if (--readers_[out] == 0) buffers_.give_back(plan_->outs[out]);
    }

    // Adds the next cables of a sum, up to the first whose source is still to be made.
    void advance(Sum& sum, bool all) {
        const bool only = sum.edges.size() == 1;
        if (only && !all) return;
        const std::size_t from = sum.next;
        const auto known = [&](const Graph::Edge& edge) {
            return edge.delayed || done_[edge.from];
        };
        while (sum.next < sum.edges.size() && known(graph_.edges[sum.edges[sum.next]])) ++sum.next;
        if (sum.next == from) return;
        if (!sum.into) sum.into = buffers_.take();
        plan_->steps.push_back({.kind = Step::Kind::mix, .begins = from == 0, .only = only,
                                .first = static_cast<std::uint32_t>(plan_->terms.size()),
                                .count = static_cast<std::uint32_t>(sum.next - from),
                                .into = sum.into, .result = sum.result});
        for (std::size_t e = from; e < sum.next; ++e) {
            const Graph::Edge& edge = graph_.edges[sum.edges[e]];
            plan_->terms.push_back({edge.delayed ? edge.cable->history : output(edge), edge.cable.get()});
            if (!only) let_go(edge);
        }
    }

    void lay_out_addresses() {
        for (const Graph::Address& address : graph_.addresses) {
            if (address.index >= plan_->entries.size()) plan_->entries.resize(address.index + 1);
            Entry& entry = plan_->entries[address.index];
            entry = {.generation = address.generation,
                     .first_port = static_cast<std::uint32_t>(plan_->ports.size()),
                     .ports = static_cast<std::uint16_t>(address.goals.size()),
                     .lanes = static_cast<std::uint16_t>(address.lanes),
                     .voices = address.voices.get(),
                     .first_exit = static_cast<std::uint32_t>(plan_->exits.size()),
                     .exits = static_cast<std::uint32_t>(address.ways.size())};
            for (const Place::Way& way : address.ways)
                plan_->exits.push_back({static_cast<std::uint32_t>(unit_[way.leaf]),
                                        static_cast<std::uint16_t>(way.output), way.sides});
            for (const Place::Way& way : address.ways)
                if (address.voices && address.voices->quietest && way.lane < address.voices->lanes.size())
                    plan_->lane_exits.push_back({static_cast<std::uint32_t>(unit_[way.leaf]), static_cast<std::uint16_t>(way.output),
                                                 static_cast<std::uint16_t>(way.lane), address.voices.get()});
            std::sort(plan_->exits.end() - std::ssize(address.ways), plan_->exits.end(),
                      [](const Exit& a, const Exit& b) { return a.unit < b.unit; });
            for (const std::vector<Place::Goal>& goals : address.goals) {
                plan_->ports.push_back({.first = static_cast<std::uint32_t>(plan_->targets.size()),
                                        .per_lane = static_cast<std::uint16_t>(goals.size() / static_cast<std::size_t>(address.lanes))});
                for (const Place::Goal& goal : goals)
                    plan_->targets.push_back({graph_.nodes[goal.leaf].instance.get(), static_cast<std::uint16_t>(goal.input)});
            }
        }
    }

    const Graph& graph_;
    std::unique_ptr<Plan> plan_;
    Buffers buffers_;
    std::vector<std::vector<std::size_t>> next_;  // node → those that read it in the same block
    std::vector<int> waits_for_;                  // node: sources that are not in the order yet
    std::vector<int> depth_;
    std::vector<std::size_t> order_;      // unit → node
    std::vector<std::size_t> unit_;       // node → unit
    std::vector<std::size_t> first_out_;  // of a unit
    std::vector<int> readers_;            // of an output buffer: those still to come
    std::vector<char> is_read_;           // an output buffer that has readers at all
    std::vector<char> done_;              // node
    std::vector<std::map<std::pair<std::size_t, bool>, Sum>> sums_of_;  // unit → by input and kind
    std::map<std::size_t, Sum> mix_sums_;
    std::map<std::size_t, std::vector<Sum*>> waiting_on_;  // node → sums of several that it is part of
};

}  // namespace

bool has_loop(const Graph& graph) {
    return topological_order(graph.nodes.size(), graph.edges).size() != graph.nodes.size();
}

std::unique_ptr<Plan> compile(const Graph& graph) { return Compiler(graph).run(); }

}  // namespace chronus
