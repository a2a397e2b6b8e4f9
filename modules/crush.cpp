// Fewer bits and fewer frames, as the converters of early samplers had: a uniform quantizer behind a sample and hold.
// Here what folds back is the sound.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Crush {
    static constexpr Spec spec {
        .name    = "crush",
        .aliases = "bitcrusher bitcrush crusher",
        .summary = "Bit crusher: the grit of old samplers and cheap toys",
        .in      = { audio ("in",   "signal to crush"),
                     amount("bits", 8, 1, 16, "of each sample: 12 an old sampler, 8 a toy, 4 gravel"),
                     hertz ("rate", 12000, 200, 48000, "samples a second").alias("freq samplerate"),
                     amount("tone", 1, "1 as it comes, below duller: the filter behind the converter"),
                     amount("mix",  1, "0 dry, 1 crushed").alias("amount") },
        .out     = { audio ("out",  "crushed signal") },
    };

    F due {1.f}, held {};  // samples that are due: the first at once
    OnePole<F> filter[2] {};

    F tick(Clock clock, F in, F bits, F rate, F tone, F mixed) {
        const F steps = exp2(bits - F(1.f));
        const auto taken = due >= F(1.f);
        held = select(taken, floor(clamp(in, F(-1.f), F(1.f)) * steps + F(0.5f)) / steps, held);
        due = select(taken, due - F(1.f), due) + min(rate * F(clock.step), F(1.f));

        // 1 kHz to where nothing is lost; the last tenth fades to none.
        const F corner = one_pole(F(1000.f) * exp2(tone * F(4.3f)), clock);
        F dull = held;
        for (OnePole<F>& pole : filter) dull = pole.low(dull, corner);
        const F open = max(tone * F(10.f) - F(9.f), F(0.f));
        const F crushed = dull * (F(1.f) - open) + held * open;  // exact at both ends, as mix() is not
        return in * (F(1.f) - mixed) + crushed * mixed;
    }
};

CHRONUS_MODULE(Crush)
