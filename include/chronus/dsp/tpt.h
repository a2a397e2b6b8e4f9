// One-pole filters by trapezoidal integration (V. Zavalishin, "The Art of VA Filter Design", 2018, chapter
// 3), and the coefficients that filters and decays share.
#pragma once
#include <chronus/math.h>
#include <chronus/state.h>

namespace chronus {

// tan(pi f / rate) of a cutoff, kept below half the frame rate.
template <class F>
F prewarped(F hertz, const Clock& clock) {
    return tan_pi(min(hertz * F(clock.step), F(0.49f)));
}

// g / (1 + g) of the same: what a OnePole takes. As (1 + tan(pi x - pi / 4)) / 2, half the work.
template <class F>
F one_pole(F hertz, const Clock& clock) {
    const F x = min(hertz * F(clock.step), F(0.49f));
    const TanQuotient<F> q = tan_quotient((x - F(0.25f)) * F(kPi));
    return F(0.5f) + F(0.5f) * (q.above / q.below);
}

template <class F>
struct OnePole {
    F state{};
    F low(F in, F gain) {
        const F v = (in - state) * gain, y = v + state;
        state = y + v;
        return y;
    }
    F high(F in, F gain) { return in - low(in, gain); }
};

// The factor a frame of a decay by 60 dB in that many seconds.
template <class F>
F decay_60db(F seconds, const Clock& clock) {
    return exp2(F(-9.96578428f * clock.step) / max(seconds, F(1e-4f)));
}

// The share a frame by which a follower comes nearer, for that time constant.
template <class F>
F approach(F seconds, const Clock& clock) {
    return F(1.f) - exp2(F(-1.44269504f * clock.step) / max(seconds, F(1e-6f)));
}

}  // namespace chronus
