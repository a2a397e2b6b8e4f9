// Ring modulator: a product, so that each frequency of one and each of the other leave as their sum and difference.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Ring {
    static constexpr Spec spec {
        .name    = "ring",
        .aliases = "ringmod ring-modulator",
        .summary = "Ring modulator: bells and robots, by its own sine or by another sound",
        .in      = { audio ("in",      "signal to modulate"),
                     audio ("carrier", "what it is multiplied with, besides the sine").alias("with"),
                     hertz ("freq",    220, 0.5f, 8000, "pitch of its own sine").alias("frequency"),
                     amount("sine",    1, "how much of its own sine: 0 for only what comes in as carrier"),
                     amount("mix",     1, "0 dry, 1 only sums and differences").alias("amount") },
        .out     = { audio ("out",     "modulated signal") },
    };

    Phase<F> phase {};

    F tick(Clock clock, F in, F carrier, F freq, F sine, F mixed) {
        const F by = carrier + sine * sin_half(centred(phase));
        advance(phase, freq, clock);
        return mix(in, in * by, mixed);
    }
};

CHRONUS_MODULE(Ring)
