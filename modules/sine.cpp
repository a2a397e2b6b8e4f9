// Sine oscillator: a 64-bit phase and a polynomial of minimax error, so neither pitch nor phase ever drifts.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Sine {
    static constexpr Spec spec {
        .name    = "sine",
        .aliases = "oscillator osc",
        .summary = "Sine oscillator: one pure tone",
        .in      = { hertz("freq", 440, 0.01f, 20000, "pitch") },
        .out     = { audio("out", "the wave, within 1") },
    };

    Phase<F> phase {};

    F tick(Clock clock, F freq) {
        const F now = sin_half(centred(phase));
        advance(phase, freq, clock);
        return now;
    }
};

CHRONUS_MODULE(Sine)
