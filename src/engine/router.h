// From the address of a module to what it is made of: composites and polyphony fan out here.
#pragma once
#include <cstdint>

#include "engine/block_events.h"
#include "handoff/event.h"
#include "handoff/plan.h"

namespace chronus {

class Router {
public:
    static constexpr int kAllLanes = -1;

    explicit Router(BlockEvents& events) : events_(events) {}

    // [audio]
    void follow(const Plan* plan) noexcept { plan_ = plan; }
    const Entry* find(std::uint32_t module, std::uint32_t generation) const noexcept {
        return plan_ ? plan_->entry(module, generation) : nullptr;
    }

    // [audio] The base of a parameter, in all lanes.
    void set(const Entry& entry, std::uint16_t port, float value) noexcept {
        each(entry, port, kAllLanes, [&](Instance& module, std::uint16_t input) {
            module.parameters[input].set(value);
            module.wake();
        });
    }
    // [audio] The base sets out, in each lane from where it stands there.
    void ramp(const Entry& entry, const Event& event) noexcept {
        each(entry, event.port, kAllLanes, [&](Instance& module, std::uint16_t input) {
            Parameter& parameter = module.parameters[input];
            parameter.ramp.begin(parameter.base, event.value, event.carried(), Ramp::Shape::of(event.shape));
            module.wake();
        });
    }
    // [audio] How the parameter of the first lane stands; of several that one name stands for, the first.
    const Parameter* parameter(const Entry& entry, std::uint16_t port) const noexcept {
        if (port >= entry.ports || plan_->ports[entry.first_port + port].per_lane == 0) return nullptr;
        const Target& target = plan_->targets[plan_->ports[entry.first_port + port].first];
        return &target.instance->parameters[target.input];
    }
    // [audio] One event to a port, in one lane or in all.
    void send(const Entry& entry, std::uint16_t port, int lane, BlockEvent event) noexcept {
        each(entry, port, lane, [&](Instance& module, std::uint16_t input) {
            event.input = input;
            events_.add(module, event);
        });
    }
    // [audio] A note begins: the lane it is given is the entry's current one from then on.
    int begin(const Entry& entry, std::uint16_t port, float velocity, std::int64_t at, std::uint8_t frame,
              float onset) noexcept {
        const int lane = entry.voices ? entry.voices->take(at) : kAllLanes;
        send(entry, port, lane, {BlockEvent::Kind::begin, frame, 0, velocity, onset, -1});
        return lane;
    }
    // [audio] The note of a lane, or all notes, end.
    void end(const Entry& entry, std::uint16_t port, int lane, std::int64_t at, std::uint8_t frame) noexcept {
        if (entry.voices) {
            for (std::uint16_t l = 0; l < entry.lanes; ++l)
                if (lane == kAllLanes || lane == l) entry.voices->release(l, at);
        }
        send(entry, port, lane, {BlockEvent::Kind::end, frame, 0, 0, 0, -1});
    }

private:
    template <class Act>
    void each(const Entry& entry, std::uint16_t port, int lane, Act&& act) const noexcept {
        if (port >= entry.ports || lane >= entry.lanes) return;  // a plan since then may have fewer lanes
        const EntryPort& targets = plan_->ports[entry.first_port + port];
        const int first = lane == kAllLanes ? 0 : lane, last = lane == kAllLanes ? entry.lanes - 1 : lane;
        for (int l = first; l <= last; ++l)
            for (int t = 0; t < targets.per_lane; ++t) {
                const Target& target = plan_->targets[targets.first + l * targets.per_lane + t];
                act(*target.instance, target.input);
            }
    }

    BlockEvents& events_;
    const Plan* plan_ = nullptr;
};

}  // namespace chronus
