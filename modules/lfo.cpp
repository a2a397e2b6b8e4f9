// Low-frequency oscillator. Its edges are rounded by 1 ms, so that a square or random wave can move a level
// or a cutoff without clicks.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Lfo {
    struct Outputs { F out, dip; };

    static constexpr Spec spec {
        .name    = "lfo",
        .aliases = "modulator",
        .summary = "Slow wave that moves other things: vibrato, tremolo, sweeps",
        .in      = { gate  ("gate",   "a note starts the wave anew; leave it free to let it run"),
                     hertz ("rate",   1, 0.01f, 40, "waves a second").alias("freq speed"),
                     amount("depth",  1, "how far it moves").alias("amount"),
                     choice("shape",  "sine|triangle|saw|square|random", "random: another level each wave"),
                     amount("offset", 0, -1, 1, "what is added to it") },
        .out     = { control("out",    "offset - depth to offset + depth"),
                     control("dip",    "0 at the wave's top, -depth at its bottom: tremolo, in a gain") },
    };

    Phase<F> phase {};
    Random<F> random {};
    F level {}, smooth {};

    Outputs tick(Clock clock, Gate<F> gate, F rate, F depth, F shape, F offset) {
        const auto starts = gate.onset > F(0.f);
        phase.high = select(starts, Word<F>(0u), phase.high);
        phase.low = select(starts, Word<F>(0u), phase.low);

        const F x = centred(phase);
        const F triangle = F(1.f) - abs(abs(x - F(0.25f)) - F(0.5f)) * F(4.f);
        const F saw = unit(phase) * F(2.f) - F(1.f);
        const F square = select(x < F(0.f), F(-1.f), F(1.f));
        const F wave = select(shape < F(0.5f), sin_half(x), select(shape < F(1.5f), -triangle,
                       select(shape < F(2.5f), saw, select(shape < F(3.5f), square, level))));
        smooth += (wave - smooth) * approach(F(0.0003f), clock);

        const Word<F> before = phase.high;
        advance(phase, rate, clock);
        const F another = random.bipolar();
        level = select(phase.high < before || starts, another, level);
        return {smooth * depth + offset, (smooth - F(1.f)) * F(0.5f) * depth};
    }
};

CHRONUS_MODULE(Lfo)
