// A high-pass far below what is heard (dsp/tpt.h has the method): what stands still is taken away.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Dc {
    static constexpr Spec spec {
        .name    = "dc",
        .aliases = "dcblock",
        .summary = "Takes away an offset that would eat headroom, and nothing that is heard",
        .in      = { audio("left",   "left side").alias("in"),
                     audio("right",  "right side"),
                     hertz("cutoff", 5, 1, 100, "what lies below goes").alias("freq frequency") },
        .out     = { audio("left",   "left side"),
                     audio("right",  "right side") },
    };

    F last[2] {}, moved[2] {};

    static F coefficient(F cutoff, const Clock& clock) { return one_pole(cutoff, clock); }

    Stereo<F> tick(Clock, F left, F right, F gain) { return {high(0, left, gain), high(1, right, gain)}; }

    // Not as the input less a low-pass, whose state would come to rest 80 dB before the offset does.
    F high(int side, F in, F gain) {
        const F before = moved[side];
        moved[side] = before + ((in - last[side]) * (F(1.f) - gain) - F(2.f) * gain * before);
        last[side] = in;
        return moved[side];
    }
};

CHRONUS_MODULE(Dc)
