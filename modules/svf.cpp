// State-variable filter, trapezoidal integration (A. Simper, "Linear Trapezoidal SVF", 2013).
// Chosen over a biquad because cutoff and resonance may be swept at audio rate without blowing up.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Svf {
    struct Outputs { F out, low, band, high; };

    static constexpr Spec spec {
        .name    = "svf",
        .aliases = "filter lowpass highpass bandpass",
        .summary = "Two-pole filter, 12 dB an octave, clean at every setting and under fast sweeps",
        .in      = { audio ("in",     "signal to filter"),
                     hertz ("cutoff", 1000, 20, 18000, "corner frequency").alias("freq frequency"),
                     amount("q",      0.7071f, 0.5f, 20, "resonance: 0.7 flat, 2 round, 10 ringing")
                         .exponential().alias("res resonance"),
                     choice("mode",   "lowpass|highpass|bandpass|notch|peak", "which response `out` gives") },
        .out     = { audio ("out",    "the chosen response"),
                     audio ("low",    "low-pass"),
                     audio ("band",   "band-pass, 0 dB at its top"),
                     audio ("high",   "high-pass") },
        .largest_gain = 60,  // a resonance of 20 rings up to 4/pi times that, more where it is swept
    };

    F charge1 {}, charge2 {};          // of the two integrators, at rest
    F input {}, body {}, depth {1.f};  // how much of input, band and low-pass makes the chosen response

    static F coefficient(F cutoff, const Clock& clock) { return prewarped(cutoff, clock); }

    Outputs tick(Clock clock, F in, F g, F q, F mode) {
        const F damping = F(1.f) / q;
        const F share = F(1.f) / (F(1.f) + g * (g + damping));
        const F v1 = (charge1 + g * (in - charge2)) * share;
        const F low = charge2 + g * v1;
        charge1 = F(2.f) * v1 - charge1;
        charge2 = F(2.f) * low - charge2;
        const F band = damping * v1;

        // A response is a sum of the three, so choosing another can glide: 1 ms, as long as it is not heard
        // as a click.
        const auto of = [&](float l, float h, float b, float n, float p) {
            return select(mode < F(0.5f), F(l), select(mode < F(1.5f), F(h), select(mode < F(2.5f), F(b),
                   select(mode < F(3.5f), F(n), F(p)))));
        };
        const F nearer = approach(F(0.001f), clock);
        input += (of(0, 1, 0, 1, 1) - input) * nearer;
        body += (of(0, -1, 1, -1, -1) - body) * nearer;
        depth += (of(1, -1, 0, 0, -2) - depth) * nearer;
        return {input * in + body * band + depth * low, low, band, in - band - low};
    }
};

CHRONUS_MODULE(Svf)
