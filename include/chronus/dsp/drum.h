// What the drums share: a strike that may come while the last one still sounds, and the fall of its loudness.
#pragma once
#include <chronus/dsp/tpt.h>

namespace chronus {

// A fall by 60 dB in a time that each strike begins anew, from its velocity.
template <class F>
struct Strike {
    F level{};
    template <class M>
    F operator()(M struck, F velocity, F factor) {
        level = select(struck, velocity, level * factor);
        return level;
    }
};

// Takes up what a new strike would tear off: the step fades in 2 ms.
template <class F>
struct Declick {
    F last{}, step{};
    template <class M>
    F operator()(M struck, F now, const Clock& clock) {
        step = select(struck, last - now, step * (F(1.f) - approach(F(0.0007f), clock)));
        return last = now + step;
    }
};

}  // namespace chronus
