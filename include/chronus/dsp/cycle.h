// A cycle through one block, for oscillators that work along time: the place in it at every frame, as a signed
// number of 32 bits whose range is one turn. The phase itself has 64, so it never drifts.
#pragma once
#include <chronus/module.h>

namespace chronus {

inline uint64_t turns64(float hertz, const Clock& clock) {
    const Phase<float> step = turns(hertz, clock);
    return uint64_t(step.high) << 32 | step.low;
}

// The places from `phase` on, a step apart. Phases of even frames and of odd ones, two words each, so that the
// high words need only be laid over each other.
template <int... Half>
inline void places(uint64_t phase, uint64_t step, int32_t* place, Places<Half...>) {
    typedef uint64_t Longs __attribute__((vector_size(4 * kLanes)));
    Longs even{(phase + uint64_t(2 * Half) * step)...}, odd = even + step;
    for (int i = 0; i < kBlock; i += kLanes) {
        store(place + i, IntLanes((IntVector)(even >> 32 | (odd & 0xffffffff00000000u))));
        even += kLanes * step;
        odd += kLanes * step;
    }
}
inline void places(uint64_t phase, uint64_t step, int32_t* place) {
    places(phase, step, place, PlacesUpTo<kLanes / 2>{});
}

struct Cycle {
    uint64_t phase = 0;
    uint64_t step = 0;  // of `hertz`: reckoned anew only when that changes, as all else would wait for it
    float hertz = 0;

    uint64_t step_of(float now, const Clock& clock) {
        if (now != hertz) step = turns64(hertz = now, clock);
        return step;
    }

    // The places of one block, the first being where the phase is. Takes it on.
    void run(const Input& pitch, const Clock& clock, int32_t* place) {
        if (pitch.flat()) {
            places(phase, step_of(pitch[0], clock), place);
            phase += kBlock * step;
            return;
        }
        for (int first = 0; first < kBlock; first += kLanes) {
            const Phase<Lanes> steps = turns(load(pitch.signal.samples + first), clock);
            for (int l = 0; l < kLanes; ++l) {
                place[first + l] = int32_t(phase >> 32);
                phase += uint64_t(steps.high.v[l]) << 32 | steps.low.v[l];
            }
        }
    }
};

}  // namespace chronus
