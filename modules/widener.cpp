// Width by middle and side. What has no side is given one: the middle through allpasses, added on the left and taken
// from the right (M. Schroeder, "An artificial stereophonic effect", 1958), so that a mono sum is what came in.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Widener {
    static constexpr Spec spec {
        .name    = "widener",
        .aliases = "width stereo",
        .summary = "Stereo width, from mono to beyond the speakers, with the bass in the middle",
        .in      = { audio ("left",   "left side").alias("in"),
                     audio ("right",  "right side"),
                     amount("width",  1.3f, 0, 2, "of what is stereo already: 0 mono, 1 as it comes, 2 twice as wide"),
                     amount("spread", 0.4f, "makes mono wide").alias("amount"),
                     hertz ("bass",   150, 20, 1000, "what lies below stays in the middle") },
        .out     = { audio ("left",   "left side"),
                     audio ("right",  "right side") },
    };

    static constexpr int kStages = 6;

    OnePole<F> turned[kStages] {}, below[2] {};

    Stereo<F> tick(Clock clock, F left, F right, F width, F spread, F bass) {
        // Where each allpass has turned by a quarter: an octave and a bit apart, so that all of the range turns.
        constexpr float corner[kStages] = {180, 420, 950, 2100, 4600, 10000};  // Hz
        const F middle = (left + right) * F(0.5f);
        F other = middle;
        for (int s = 0; s < kStages; ++s)
            other = F(2.f) * turned[s].low(other, one_pole(F(corner[s]), clock)) - other;
        F side = (left - right) * F(0.5f) * width + other * spread;
        const F cut = one_pole(bass, clock);
        for (OnePole<F>& pole : below) side = pole.high(side, cut);
        return {middle + side, middle - side};
    }
};

CHRONUS_MODULE(Widener)
