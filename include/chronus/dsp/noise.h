// Pink and brown out of white noise. Pink is a sum of one-pole low-passes two octaves apart (P. Kellet's way,
// 1999), fitted to -3 dB an octave: within 0.05 dB from 40 Hz to 16 kHz at 48 kHz, 0.6 dB at 96 kHz.
#pragma once
#include <chronus/math.h>
#include <chronus/state.h>

namespace chronus {

template <class F>
struct Pink {
    F low[6]{};

    // From white within 1 an rms of 0.26.
    F operator()(F white, const Clock& clock) {
        constexpr float corner[6] = {12, 48, 192, 768, 3072, 12288};  // Hz
        constexpr float share[6] = {5.41f, 1.463f, 0.7578f, 0.3823f, 0.1967f, 0.177f};
        F sum = white * F(-0.03255f);
        for (int i = 0; i < 6; ++i) {
            const F keep = exp(F(corner[i] * -2 * kPi * clock.step));
            low[i] = white + (low[i] - white) * keep;
            sum += low[i] * F(share[i]);
        }
        return sum;
    }
};

template <class F>
struct Brown {
    F sum{};

    // From white within 1 an rms of 0.26; level below 20 Hz, so that it does not wander off.
    F operator()(F white, const Clock& clock) {
        sum += white * F(12.6f) * sqrt(F(48000.f * clock.step)) * F(0.0026146f);
        sum *= exp(F(20 * -2 * kPi * clock.step));
        return sum;
    }
};

}  // namespace chronus
