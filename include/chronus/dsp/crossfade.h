// A choice that fades: one weight for each alternative, so that choosing another does not click.
#pragma once
#include <chronus/dsp/tpt.h>

namespace chronus {

template <class F, int N>
struct Crossfade {
    F weight[N]{};

    // One frame on the way to the choice: 63 % of it in 1 ms, all that is heard in 5.
    void choose(F choice, const Clock& clock) {
        const F nearer = approach(F(0.001f), clock);
        for (int i = 0; i < N; ++i) {
            const F wanted = select(abs(choice - F(float(i))) < F(0.5f), F(1.f), F(0.f));
            weight[i] += (wanted - weight[i]) * nearer;
        }
    }
};

}  // namespace chronus
