// Sine oscillator: a 64-bit phase and a polynomial of minimax error, so neither pitch nor phase ever drifts.
#include <chronus/dsp/cycle.h>
#include <chronus/module.h>
using namespace chronus;

struct Sine {
    static constexpr Spec spec {
        .name    = "sine",
        .aliases = "oscillator osc",
        .summary = "Sine oscillator: one pure tone",
        .in      = { hertz("freq", 440, 0.01f, 20000, "pitch") },
        .out     = { audio("out", "the wave, within 1") },
    };

    Cycle cycle {};

    void process(const Block& block) {
        int32_t place[kBlock];
        cycle.run(block.in(0), block.clock, place);
        for (int i = 0; i < kBlock; i += kLanes) store(block.out(0) + i, sin_place<Lanes>(load(place + i)));
    }
};

CHRONUS_MODULE(Sine)
