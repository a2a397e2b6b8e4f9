// Frequency shifter: the signal as a complex one turns with an oscillator, which leaves only one of the two side
// bands of a ring modulator (S. Wardle, "A Hilbert-transformer frequency shifter for audio", DAFx-98).
#include <chronus/dsp/hilbert.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Shift {
    struct Outputs { F out, down; };

    static constexpr Spec spec {
        .name    = "shift",
        .aliases = "frequency-shifter shifter",
        .summary = "Frequency shifter: every partial moved by as many Hz, from slow phasing to clangour",
        .in      = { audio ("in",    "signal to shift"),
                     hertz ("shift", 100, -5000, 5000, "by how many Hz; below 0 downwards").linear().alias("amount"),
                     amount("mix",   1, "0 dry, 1 shifted") },
        .out     = { audio ("out",   "shifted up"),
                     audio ("down",  "shifted down by as much") },
    };

    Hilbert<F> hilbert {};
    Phase<F> phase {};

    Outputs tick(Clock clock, F in, F shift, F mixed) {
        const auto x = hilbert(in);
        const F place = centred(phase);
        const F real = x.real * sin_quarter(F(0.25f) - abs(place)), turned = x.imaginary * sin_half(place);
        advance(phase, shift, clock);
        // What is mixed in has passed the same allpasses, and stays in phase.
        return {mix(x.real, real - turned, mixed), mix(x.real, real + turned, mixed)};
    }
};

CHRONUS_MODULE(Shift)
