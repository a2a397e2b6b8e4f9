// The two-pole filter of modules/svf.cpp as a part of others, and the tone controls that can be made of it: shelves
// and peaks with the responses of R. Bristow-Johnson's cookbook (A. Simper, "Linear Trapezoidal SVF", 2013).
#pragma once
#include <chronus/dsp/tpt.h>

namespace chronus {

template <class F>
struct Bands {
    F low, band;  // the band is as high as 1 / damping at its top
};

template <class F>
struct TwoPole {
    F charge1{}, charge2{};

    // For g as prewarped() gives it, and a damping of 1 / Q.
    Bands<F> operator()(F in, F g, F damping) {
        const F band = (charge1 + g * (in - charge2)) / (F(1.f) + g * (g + damping));
        const F low = charge2 + g * band;
        charge1 = F(2.f) * band - charge1;
        charge2 = F(2.f) * low - charge2;
        return {low, band};
    }
    // 0 dB at the top, whatever the damping.
    F bandpass(F in, F g, F damping) { return (*this)(in, g, damping).band * damping; }
};

// A response as a sum of input, band and low-pass.
template <class F>
struct ToneControl {
    F g, damping, input, band, low;

    F operator()(TwoPole<F>& filter, F in) const {
        const Bands<F> b = filter(in, g, damping);
        return input * in + band * b.band + low * b.low;
    }
};

namespace detail {
// The root of a gain, which the cookbook calls A: so that half of a shelf's dB lie on either side of its corner.
template <class F>
F root_of_gain(F decibels) { return exp2(decibels * F(0.0830482022f)); }
}  // namespace detail

template <class F>
ToneControl<F> peak_of(F hertz, F decibels, F q, const Clock& clock) {
    const F a = detail::root_of_gain(decibels), damping = F(1.f) / (q * a);
    return {prewarped(hertz, clock), damping, F(1.f), damping * (a * a - F(1.f)), F(0.f)};
}
template <class F>
ToneControl<F> low_shelf_of(F hertz, F decibels, F q, const Clock& clock) {
    const F a = detail::root_of_gain(decibels), damping = F(1.f) / q;
    return {prewarped(hertz, clock) / sqrt(a), damping, F(1.f), damping * (a - F(1.f)), a * a - F(1.f)};
}
template <class F>
ToneControl<F> high_shelf_of(F hertz, F decibels, F q, const Clock& clock) {
    const F a = detail::root_of_gain(decibels), damping = F(1.f) / q;
    return {prewarped(hertz, clock) * sqrt(a), damping, a * a, damping * (F(1.f) - a) * a, F(1.f) - a * a};
}

}  // namespace chronus
