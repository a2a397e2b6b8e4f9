// Pulse oscillator: two saws, one behind the other by the width, subtracted (so no offset at any width), each
// from band-limited steps (dsp/blep.h has the method and its source).
#include <chronus/dsp/blep.h>
#include <chronus/module.h>
using namespace chronus;

struct Square {
    static constexpr Spec spec {
        .name    = "square",
        .aliases = "pulse",
        .summary = "Square and pulse oscillator with width modulation, free of aliasing",
        .in      = { hertz ("freq", 440, 0.01f, 20000, "pitch"),
                     amount("width", 0.5f, 0.01f, 0.99f, "share of the cycle that is high: 0.5 hollow") },
        .out     = { audio ("out", "the wave, without offset: within 1 at half width, else within 2") },
    };

    uint64_t rise = 1ull << 63, fall = 1ull << 63;  // of the two saws: each jumps at half its range
    uint64_t width = 0;                             // how far fall is behind
    float carried[StepBlock::kTaps] {};

    void process(const Block& block) {
        StepBlock wave(carried);
        const Input freq = block.in(0), pulse = block.in(1);
        if (freq.flat() && pulse.flat() && turns_of(pulse[0]) == width) {
            const uint64_t step = turns64(freq[0], block.clock);
            add_saw(wave, rise, step, -1);
            add_saw(wave, fall, step, 1);
        } else {
            uint64_t rise_steps[kBlock], fall_steps[kBlock];
            for (int i = 0; i < kBlock; ++i) {
                const uint64_t next = turns_of(pulse[i]);
                rise_steps[i] = turns64(freq[i], block.clock);
                fall_steps[i] = rise_steps[i] - (next - width);
                width = next;
            }
            add_saw(wave, rise, rise_steps, -1);
            add_saw(wave, fall, fall_steps, 1);
        }
        wave.finish(block.out(0), carried);
    }

    static uint64_t turns_of(float width) { return uint64_t(width * 4294967296.f) << 32; }
};

CHRONUS_MODULE(Square)
