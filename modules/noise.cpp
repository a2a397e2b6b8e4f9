// Noise of three colours from one seed (dsp/noise.h has the filters and their source), about equally loud.
#include <chronus/dsp/crossfade.h>
#include <chronus/dsp/noise.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Noise {
    struct Outputs { F out, white, pink, brown; };

    static constexpr Spec spec {
        .name    = "noise",
        .aliases = "hiss",
        .summary = "Noise: white hisses, pink is even to the ear, brown rumbles",
        .in      = { choice("colour", "white|pink|brown", "which one `out` gives")
                         .alias("color noise type") },
        .out     = { audio ("out",    "the chosen colour"),
                     audio ("white",  "alike at every frequency"),
                     audio ("pink",   "3 dB less an octave"),
                     audio ("brown",  "6 dB less an octave, from 20 Hz on") },
    };

    Random<F> random {};
    Pink<F> filter {};
    Brown<F> sum {};
    Crossfade<F, 3> heard {};

    Outputs tick(Clock clock, F colour) {
        const F x = random.bipolar();
        const F white = x * F(0.5f), pink = filter(x, clock), brown = sum(x, clock);
        heard.choose(colour, clock);
        const F* w = heard.weight;
        return {w[0] * white + w[1] * pink + w[2] * brown, white, pink, brown};
    }
};

CHRONUS_MODULE(Noise)
