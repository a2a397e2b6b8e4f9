// A delay line read between its frames by Lagrange's polynomial through six of them: its gain is nowhere above 1, as
// a loop that rings for long needs, and nearly 1 up to a quarter of the frame rate.
#pragma once
#include <chronus/dsp/delay_line.h>

namespace chronus {

struct LagrangeTaps {
    static constexpr int kTaps = 6, kLeast = 3;
    float tap[kTaps]{};
    int whole = kLeast;

    void set(float delay) {
        const float inside = delay < kLeast ? float(kLeast) : delay;
        whole = int(inside);
        const float x = inside - float(whole);  // from the newer of the two in the middle
        constexpr float share[kTaps] = {-1.f / 120, 1.f / 24, -1.f / 12, 1.f / 12, -1.f / 24, 1.f / 120};
        for (int k = 0; k < kTaps; ++k) {
            tap[k] = share[k];
            for (int j = 0; j < kTaps; ++j)
                if (j != k) tap[k] *= x - float(j - 2);
        }
    }
    // The oldest frame is the last tap.
    float read(const DelayLine& line, int at) const {
        const float* x = line.ring + ((at - whole - 3) & line.mask);
        return ((tap[5] * x[0] + tap[0] * x[5]) + (tap[4] * x[1] + tap[1] * x[4])) + (tap[3] * x[2] + tap[2] * x[3]);
    }
};

}  // namespace chronus
