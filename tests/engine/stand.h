// An engine on the test's own thread, with racks of probes made by hand: what goes in is an event, what comes out
// is samples and reports.
#pragma once
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "audio/denormals.h"
#include "engine/engine.h"
#include "engine/probes.h"
#include "studio/graph.h"

namespace stand {

using namespace chronus;
using Samples = std::vector<float>;

constexpr int kRate = 48000;
constexpr std::int32_t kFade = kRate / 200;  // frames in 5 ms

// Modules and cables in the order of their ids; what a plan is made of.
struct Rack {
    Graph graph;

    // Its index is also its address, its generation 1.
    std::uint32_t add(const chronus_module_type& type, int lanes = 1) {
        const std::size_t first = graph.nodes.size();
        Graph::Address address{static_cast<std::uint32_t>(graph.addresses.size()), 1, lanes, nullptr, {}};
        address.goals.resize(type.input_count);
        for (int lane = 0; lane < lanes; ++lane) {
            graph.nodes.push_back({std::to_string(first), instance(type, address.index), 0});
            for (std::uint32_t i = 0; i < type.input_count; ++i)
                address.goals[i].push_back({first + static_cast<std::size_t>(lane), i});
        }
        if (lanes > 1) {
            address.voices = std::make_shared<Voices>();
            address.voices->lanes.resize(static_cast<std::size_t>(lanes));
        }
        graph.addresses.push_back(std::move(address));
        return graph.addresses.back().index;
    }
    // Stands at its gain from the start.
    std::shared_ptr<CableInstance> cable(std::size_t from, std::size_t output, std::size_t to, std::size_t input,
                                         float gain = 1) {
        auto cable = std::make_shared<CableInstance>();
        cable->gain.length = kFade;
        cable->gain.jump(gain);
        graph.edges.push_back({from, output, to, input, false, false, false, cable});
        return cable;
    }
    void left(std::size_t from, std::size_t output) { cable(from, output, kMix, 0); }
    void right(std::size_t from, std::size_t output) { cable(from, output, kMix, 1); }
    Instance& module(std::size_t index) { return *graph.nodes[index].instance; }
    std::unique_ptr<Plan> plan() const { return compile(graph); }

private:
    static std::shared_ptr<Instance> instance(const chronus_module_type& type, std::uint32_t index) {
        auto made = std::make_shared<Instance>();
        auto state = std::make_shared<std::vector<std::uint64_t>>(type.state_size / 8);
        made->type = &type;
        made->state = state->data();
        made->keeper = state;
        made->rate = kRate;
        made->index = index;
        made->parameters.resize(type.input_count);
        made->gates.resize(type.input_count);
        for (std::uint32_t i = 0; i < type.input_count; ++i)
            made->parameters[i].glide.length = static_cast<std::int32_t>(type.inputs[i].smoothing * kRate);
        type.reset(made->state, 0);
        return made;
    }
};

class Stand {
    std::unique_ptr<Mailbox> mail_ = std::make_unique<Mailbox>();
    std::unique_ptr<Engine> engine_ = std::make_unique<Engine>(*mail_, kRate);

public:
    Mailbox& mail = *mail_;
    Engine& engine = *engine_;
    Samples left, right;
    std::vector<Report> reports;  // all but those of taken mail

    // The limiter is off: what leaves is what went in, Limiter::kLatency later. `run` takes that away.
    Stand() {
        send({.kind = EventKind::limiter, .value = 0});
        float nowhere[2][CHRONUS_BLOCK];
        block(nowhere[0], nowhere[1]);
        origin = engine.frame();
    }
    explicit Stand(const Rack& rack) : Stand() { play(rack); }
    ~Stand() {
        engine_.reset();
        Event event;
        while (mail.take(event)) {
            if (event.kind == EventKind::plan) delete static_cast<Plan*>(event.pointer);
            if (event.kind == EventKind::track) delete static_cast<TrackScore*>(event.pointer);
        }
        hear();
    }

    std::int64_t origin;  // the frame of the first sample in left and right

    void play(const Rack& rack, std::int64_t frame = Event::kNow) { play(rack.plan(), frame); }
    void play(std::unique_ptr<Plan> plan, std::int64_t frame = Event::kNow) {
        send({.kind = EventKind::plan, .frame = frame, .pointer = plan.release()});
    }
    void send(const Event& event) { mail.send(event); }
    void set(std::uint32_t module, std::uint16_t port, float value, std::int64_t frame = Event::kNow) {
        send({.kind = EventKind::set, .port = port, .module = module, .generation = 1, .value = value, .frame = frame});
    }
    void gate(std::uint32_t module, float velocity, std::int64_t frame = Event::kNow) {
        send({.kind = EventKind::gate, .port = 0, .module = module, .generation = 1, .value = velocity, .frame = frame});
    }
    // Whole blocks. Afterwards left and right hold everything up to the engine's frame less the limiter's latency.
    void run(std::int64_t frames) {
        for (std::int64_t done = 0; done < frames; done += CHRONUS_BLOCK) {
            float out[2][CHRONUS_BLOCK];
            block(out[0], out[1]);
            if (engine.frame() <= origin + Limiter::kLatency) continue;
            left.insert(left.end(), out[0], out[0] + CHRONUS_BLOCK);
            right.insert(right.end(), out[1], out[1] + CHRONUS_BLOCK);
        }
    }
    float left_at(std::int64_t frame) const { return left.at(static_cast<std::size_t>(frame - origin)); }
    std::size_t count(ReportKind kind) const {
        std::size_t count = 0;
        for (const Report& report : reports) count += report.kind == kind;
        return count;
    }
    const Telemetry& telemetry() { return mail.telemetry.read(); }

private:
    void block(float* left, float* right) {
        const FlushDenormals flush;
        engine.block(left, right);
        hear();
    }
    void hear() {
        Report report;
        while (mail.receive(report)) {
            if (report.kind == ReportKind::plan_retired) delete static_cast<Plan*>(report.pointer);
            if (report.kind == ReportKind::track_retired) delete static_cast<TrackScore*>(report.pointer);
            if (report.kind != ReportKind::taken) reports.push_back(report);
        }
    }
};

inline bool same_bits(const Samples& a, const Samples& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace stand
