// Noise gate: opens above one threshold, closes below another, lower one (hysteresis), after a hold that bridges the
// zero crossings of a low note. Both sides together.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct NoiseGate {
    struct Outputs { F left, right, open; };

    static constexpr Spec spec {
        .name    = "noisegate",
        .aliases = "gate noise-gate",
        .summary = "Noise gate: silence where there is only hiss, or a sound chopped by another",
        .in      = { audio   ("left",       "left side").alias("in"),
                     audio   ("right",      "right side"),
                     audio   ("sidechain",  "what is listened to where `listen` says so").alias("key"),
                     decibels("threshold",  -40, -80, 0, "what is louder opens it"),
                     decibels("hysteresis", 6, 0, 24, "how much softer it may get before it closes"),
                     seconds ("attack",     0.001f, 0.0001f, 0.1f, "time to open").exponential(),
                     seconds ("hold",       0.04f, 0, 1, "how long it stays open at least"),
                     seconds ("release",    0.1f, 0.005f, 2, "time to close").exponential(),
                     decibels("floor",      -80, -80, 0, "what is left where it is closed: -80 nothing").alias("range"),
                     choice  ("listen",     "self|sidechain", "whose level counts") },
        .out     = { audio   ("left",       "left side"),
                     audio   ("right",      "right side"),
                     control ("open",       "0 closed, 1 open") },
    };

    F held {};        // seconds that it is still held open
    F opening {};     // 0 to 1

    Outputs tick(Clock clock, F left, F right, F key, F threshold, F hysteresis, F attack, F hold, F release, F floor,
                 F listen) {
        const F loud = select(listen < F(0.5f), max(abs(left), abs(right)), abs(key));
        const auto was_open = held > F(0.f);
        const F limit = gain_of(select(was_open, threshold - hysteresis, threshold));
        held = select(loud > limit, max(hold, F(clock.step)), max(held - F(clock.step), F(0.f)));

        // Either time is to within a hundredth.
        const auto open = held > F(0.f);
        const F target = select(open, F(1.f), F(0.f)), time = select(open, attack, release) * F(0.217147f);
        opening += (target - opening) * approach(time, clock);
        const F least = select(floor <= F(-80.f), F(0.f), gain_of(floor));
        const F gain = least + (F(1.f) - least) * opening;
        return {left * gain, right * gain, opening};
    }
};

CHRONUS_MODULE(NoiseGate)
