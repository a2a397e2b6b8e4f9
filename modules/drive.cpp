// Overdrive: a curve at four times the frame rate (dsp/halfband.h), so that its harmonics do not fold back, then
// a tilt for the tone. The dry part of the mix passes the same filters and stays in phase. The corners of the hard
// curve are averaged over each step (J. Parker, V. Zavalishin and E. Le Bivic, DAFx-16).
#include <chronus/dsp/halfband.h>
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

// The mean of a clipper at 1 on the straight way from one place to another: each place less the mean of what
// stands over. Only what is over is divided, so it is exact however short the way.
template <class F>
F over_on_way(F a, F b) {
    const F low = max(min(a, b) - F(1.f), F(0.f)), high = max(max(a, b) - F(1.f), F(0.f));
    const F share = select(low > F(0.f) || high <= F(0.f), F(1.f), high / max(abs(b - a), F(1e-20f)));
    return F(0.5f) * (low + high) * share;
}
template <class F>
F clipped_on_way(F a, F b) {
    return F(0.5f) * (a + b) - over_on_way(a, b) + over_on_way(-a, -b);
}

template <class F>
struct Drive {
    static constexpr Spec spec {
        .name    = "drive",
        .aliases = "distortion overdrive dist wavefolder folder",
        .summary = "Overdrive from warmth to fuzz, about as loud at every setting; a wavefolder too",
        .in      = { audio ("in",    "signal to distort"),
                     amount("drive", 0.3f, "how hard it is pushed: 0 nearly clean, 1 square, or folded seven times")
                         .alias("amount distortion"),
                     amount("tone",  0.5f, "0 dark, 0.5 as it comes, 1 bright"),
                     amount("mix",   1, "0 dry, 1 distorted"),
                     choice("shape", "soft|hard|fold", "soft bends, hard clips, fold turns back what is over: "
                                                       "bells and metal") },
        .out     = { audio ("out",   "distorted signal") },
    };

    Oversampled<F> oversampled {};
    OnePole<F> tilt {};
    F before {};             // what the curve was last given
    F hard {}, folded {};    // how much of it they have: a choice fades in a few milliseconds

    F tick(Clock clock, F in, F drive, F tone, F mix, F shape) {
        // A sine of 0.35, as loud as music mostly is, leaves as loud as it came.
        const F push = exp2(drive * F(6.f)), level = F(0.35f) / tanh_lambert(push * F(0.35f));
        const F dry = F(1.f) - mix, wet = mix * level, nearer = approach(F(0.001f), clock);
        hard += (select(shape > F(0.5f) && shape < F(1.5f), F(1.f), F(0.f)) - hard) * nearer;
        folded += (select(shape > F(1.5f), F(1.f), F(0.f)) - folded) * nearer;

        // The tone weights what lies below and above 800 Hz, wet only.
        const F lows = exp2((F(0.5f) - tone) * F(1.5f)), highs = exp2((tone - F(0.5f)) * F(4.f));
        const auto soft = [&](F x) { return dry * (before = x) + wet * tanh_lambert(x * push); };
        const F x = any(hard + folded > F(0.f)) ? edged(in, push, mix, soft) : oversampled(in, soft);
        const F low = tilt.low(x, one_pole(F(800.f), clock));
        const F shaped = low * lows + (x - low) * highs;
        return x + (shaped - x) * mix;
    }

    // With the other curves blended in; apart, so that they take no registers from the one that is mostly heard.
    template <class Soft>
    __attribute__((noinline)) F edged(F in, F push, F mix, Soft soft) {
        const F loud = push * F(0.35f), dry = F(1.f) - mix;
        const F clip_wet = mix * F(0.35f) / min(loud, F(1.f));
        const F fold_wet = mix * F(0.35f) / sin_radians(min(loud, F(0.5f * kPi)));
        return oversampled(in, [&](F x) {
            const F from = before, bent = soft(x);
            const F clipped = dry * F(0.5f) * (x + from) + clip_wet * clipped_on_way(from * push, x * push);
            const F turned = dry * x + fold_wet * sin_radians(x * push);
            return bent + hard * (clipped - bent) + folded * (turned - bent);
        });
    }

    static F sin_radians(F x) { return sin_turns(x * F(0.5f / kPi)); }
};

CHRONUS_MODULE(Drive)
