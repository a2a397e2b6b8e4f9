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
        .summary = "Filter of 12 or 24 dB an octave, clean at every setting and under fast sweeps",
        .in      = { audio ("in",     "signal to filter"),
                     hertz ("cutoff", 1000, 20, 18000, "corner frequency").alias("freq frequency"),
                     amount("q",      0.7071f, 0.5f, 20, "resonance: 0.7 flat, 2 round, 10 ringing")
                         .exponential().alias("res resonance"),
                     choice("mode",   "lowpass|highpass|bandpass|notch|peak", "which response `out` gives"),
                     choice("slope",  "12dB|24dB", "how steep `out` is, an octave").alias("poles") },
        .out     = { audio ("out",    "the chosen response"),
                     audio ("low",    "low-pass, 12 dB"),
                     audio ("band",   "band-pass, 0 dB at its top"),
                     audio ("high",   "high-pass, 12 dB") },
        .largest_gain = 120,  // a resonance of 20 rings up to 4/pi times that, more where it is swept and steep
    };

    F charge[4] {};                    // of the integrators, two for each 12 dB, at rest
    F input {}, body {}, depth {1.f};  // how much of input, band and low-pass makes the chosen response
    F steep {};                        // how much of the second 12 dB is heard

    static F coefficient(F cutoff, const Clock& clock) { return prewarped(cutoff, clock); }

    Outputs tick(Clock clock, F in, F g, F q, F mode, F slope) {
        const F damping = F(1.f) / q;
        const F share = F(1.f) / (F(1.f) + g * (g + damping));
        const F v1 = (charge[0] + g * (in - charge[1])) * share;
        const F low = charge[1] + g * v1;
        charge[0] = F(2.f) * v1 - charge[0];
        charge[1] = F(2.f) * low - charge[1];
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
        F out = input * in + body * band + depth * low;

        const F wanted = select(slope > F(0.5f), F(1.f), F(0.f)), before = steep;
        steep = select(abs(wanted - steep) < F(1e-4f), wanted, steep + (wanted - steep) * nearer);
        if (any(before + steep > F(0.f))) out = steeper(out, g);
        return {out, low, band, in - band - low};
    }

    // The same response once more, at a Q of 1: with 0.7 before it level to 0.7 dB, and at the corner the one that is
    // set remains what it is. Where none of it is heard it is at rest.
    F steeper(F in, F g) {
        const F v1 = (charge[2] + g * (in - charge[3])) / (F(1.f) + g * (g + F(1.f)));
        const F low = charge[3] + g * v1;
        const auto heard = steep > F(0.f);
        charge[2] = select(heard, F(2.f) * v1 - charge[2], F(0.f));
        charge[3] = select(heard, F(2.f) * low - charge[3], F(0.f));
        return select(heard, in + steep * (input * in + body * v1 + depth * low - in), in);
    }
};

CHRONUS_MODULE(Svf)
