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

// A square with each edge rounded over two frames by a polynomial (V. Valimaki and A. Huovilainen, 2007):
// what still folds back is lost in the clangour.
template <class F>
F rough_square(const Phase<F>& phase, F step) {
    const F x = centred(phase);
    const auto edge = [&](F t) { return max(F(1.f) - abs(t) / step, F(0.f)); };
    const F sign = select(x < F(0.f), F(-1.f), F(1.f));
    const F near = edge(x), far = edge(F(0.5f) - abs(x));
    const F after = select(x < F(0.f), F(1.f), F(-1.f));
    return sign + after * (near * near + far * far);
}

}  // namespace chronus
