// One module in the place of another, of an older build of its type: what was set of it, and what it is held by, goes on.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "handoff/instance.h"

namespace chronus {

struct Succession {
    static constexpr std::int16_t kNone = -1;

    Instance* from;
    Instance* to;
    std::vector<std::int16_t> inputs;  // one an input of `to`: which of `from` it goes on from, or kNone

    // What an input of `from` is in `to`; kNone: it is gone.
    std::int16_t heir_of(std::uint16_t input) const noexcept {
        const auto found = std::find(inputs.begin(), inputs.end(), static_cast<std::int16_t>(input));
        return found == inputs.end() ? kNone : static_cast<std::int16_t>(found - inputs.begin());
    }

    // [audio] Before the first block of the plan that brings it.
    void take_over() const noexcept {
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (inputs[i] == kNone) continue;
            to->gates[i] = from->gates[static_cast<std::size_t>(inputs[i])];
            take_over(to->parameters[i], from->parameters[static_cast<std::size_t>(inputs[i])], to->type->inputs[i]);
        }
        to->started = from->started;
        to->wake();
    }

private:
    // A range may have become narrower, and changes may take another time.
    static void take_over(Parameter& heir, const Parameter& old, const chronus_port& port) noexcept {
        const std::int32_t length = heir.glide.length;
        heir = old;
        if (port.meaning == CHRONUS_AUDIO || port.meaning == CHRONUS_GATE) return;
        const auto outside = [&](float value) { return value < port.minimum || value > port.maximum; };
        if (outside(heir.base)) {
            heir.ramp.end();
            heir.lead.end();
            heir.base = std::clamp(heir.base, port.minimum, port.maximum);
        }
        if (heir.glide.length != length || outside(heir.glide.wanted) || outside(heir.glide.target))
            heir.glide.jump(std::clamp(heir.glide.wanted, port.minimum, port.maximum));
        heir.glide.length = length;
    }
};

}  // namespace chronus
