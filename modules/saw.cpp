// Sawtooth oscillator from band-limited steps (dsp/blep.h has the method and its source). It works along
// time, not across lanes: between two jumps there is nothing to compute but a ramp.
#include <chronus/dsp/blep.h>
#include <chronus/module.h>
using namespace chronus;

struct Saw {
    static constexpr Spec spec {
        .name    = "saw",
        .aliases = "sawtooth",
        .summary = "Sawtooth oscillator: bright, every harmonic, free of aliasing",
        .in      = { hertz("freq", 440, 0.01f, 20000, "pitch") },
        .out     = { audio("out", "the wave, within 1 and a little over at its edges") },
    };

    Cycle cycle {};
    float carried[StepBlock::kTaps] {};

    void process(const Block& block) {
        StepBlock wave(carried);
        const Input freq = block.in(0);
        if (freq.flat()) {
            add_saw(wave, cycle.phase, cycle.step_of(freq[0], block.clock), 1);
        } else {
            uint64_t steps[kBlock];
            for (int i = 0; i < kBlock; ++i) steps[i] = turns64(freq[i], block.clock);
            add_saw(wave, cycle.phase, steps, 1);
        }
        wave.finish(block.out(0), carried);
    }
};

CHRONUS_MODULE(Saw)
