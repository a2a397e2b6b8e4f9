// How loud some modules and eight bands of what leaves are, for whoever draws it. Looks at signals, never touches them.
#pragma once
#include <algorithm>
#include <cstdint>

#include "handoff/ear.h"
#include "handoff/plan.h"
#include "handoff/telemetry.h"

namespace chronus {

class Meters {
public:
    explicit Meters(int rate);

    // [audio] Which module a place of Telemetry::levels shows; generation 0: none.
    void watch(std::uint16_t place, const EarTarget& target) noexcept {
        if (place >= Telemetry::kLevels) return;
        places_[place].target = target;
        any_ = std::any_of(std::begin(places_), std::end(places_), [](const Place& one) { return one.target.generation != 0; });
    }
    bool any() const noexcept { return any_; }

    // [audio] Before a block.
    void begin(const Plan* plan) noexcept {
        for (Place& place : places_) {
            const Entry* entry = plan && place.target.generation ? plan->entry(place.target.module, place.target.generation) : nullptr;
            place.next = entry ? plan->exits.data() + entry->first_exit : nullptr;
            place.end = entry ? place.next + entry->exits : nullptr;
            place.peak = 0;
        }
    }
    // [audio] After a step of the plan, in their order.
    void hear(const Plan& plan, const Step& step) noexcept {
        for (Place& place : places_)
            for (; place.next != place.end && place.next->unit < step.first + step.count; ++place.next)
                place.peak = std::max(place.peak, peak_of(plan.units[place.next->unit].out[place.next->output]));
    }
    // [audio] After a block, with what goes to the device: levels rise at once and fall by 20 dB in a third of a second.
    void tell(const float* left, const float* right, Telemetry& telemetry) noexcept;

private:
    struct Place {
        EarTarget target;
        const Exit *next = nullptr, *end = nullptr;
        float peak = 0;
    };
    static float peak_of(const float* samples) noexcept {
        float highest = 0;
        for (int i = 0; i < CHRONUS_BLOCK; ++i) highest = std::max(highest, samples[i] < 0 ? -samples[i] : samples[i]);
        return highest;
    }

    Place places_[Telemetry::kLevels];
    bool any_ = false;
    float fall_;  // a block
    // Band-pass filters an octave wide (Zavalishin's TPT state variable filter), side by side.
    alignas(32) float g_[Telemetry::kBands]{}, scale_[Telemetry::kBands]{}, low_[Telemetry::kBands]{}, band_[Telemetry::kBands]{};
};

}  // namespace chronus
