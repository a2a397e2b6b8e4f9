// Overdrive: tanh at four times the frame rate (dsp/halfband.h), so that its harmonics do not fold back, then
// a tilt for the tone. The dry part of the mix passes the same filters and stays in phase.
#include <chronus/dsp/halfband.h>
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Drive {
    static constexpr Spec spec {
        .name    = "drive",
        .aliases = "distortion overdrive dist",
        .summary = "Overdrive from warmth to fuzz, about as loud at every setting",
        .in      = { audio ("in",    "signal to distort"),
                     amount("drive", 0.3f, "how hard it is pushed: 0 nearly clean, 1 square")
                         .alias("amount distortion"),
                     amount("tone",  0.5f, "0 dark, 0.5 as it comes, 1 bright"),
                     amount("mix",   1, "0 dry, 1 distorted") },
        .out     = { audio ("out",   "distorted signal") },
    };

    Oversampled<F> oversampled {};
    OnePole<F> tilt {};

    F tick(Clock clock, F in, F drive, F tone, F mix) {
        // A sine of 0.35, as loud as music mostly is, leaves as loud as it came.
        const F push = exp2(drive * F(6.f)), level = F(0.35f) / tanh_lambert(push * F(0.35f));
        const F dry = F(1.f) - mix, wet = mix * level;

        // The tone weights what lies below and above 800 Hz, wet only.
        const F lows = exp2((F(0.5f) - tone) * F(1.5f)), highs = exp2((tone - F(0.5f)) * F(4.f));
        const F x = oversampled(in, [&](F x) { return dry * x + wet * tanh_lambert(x * push); });
        const F low = tilt.low(x, one_pole(F(800.f), clock));
        const F shaped = low * lows + (x - low) * highs;
        return x + (shaped - x) * mix;
    }
};

CHRONUS_MODULE(Drive)
