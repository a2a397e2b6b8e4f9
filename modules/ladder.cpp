// Four-pole ladder, trapezoidal, its feedback solved without delay (V. Zavalishin, "The Art of VA Filter
// Design", 2018, chapters 5 and 6). One tanh on the feedback sum, not one in each pole: that would pull the
// pitch of its own oscillation down by tens of cents.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Ladder {
    static constexpr Spec spec {
        .name    = "ladder",
        .aliases = "moog",
        .summary = "Four-pole low-pass, 24 dB an octave, warm, whistles by itself at full resonance",
        .in      = { audio ("in",        "signal to filter"),
                     hertz ("cutoff",    1000, 20, 18000, "corner frequency").alias("freq frequency"),
                     amount("resonance", 0.2f, "0 none, from 0.94 on it oscillates").alias("res q"),
                     amount("drive",     0, "how hard the input pushes into saturation, up to +24 dB"),
                     amount("bass",      0.5f, "how much of the bass that resonance takes is given back") },
        .out     = { audio ("out",       "filtered signal") },
    };

    F charge[4] {};  // of the four poles, at rest

    F tick(Clock clock, F in, F cutoff, F resonance, F drive, F bass) {
        const F gain = one_pole(cutoff, clock), rest = F(1.f) - gain;
        const F k = resonance * F(4.25f);  // 4 is where a linear ladder begins to oscillate
        const F input = in * ((F(1.f) + F(15.f) * drive * drive) * (F(1.f) + k * bass));

        // The output is gain^4 * sum + rest * held, for a sum that is the input less k times that output.
        // What does not wait for the last frame is kept apart: the way round the loop is what a frame costs.
        const F gain2 = gain * gain, share = F(1.f) / (F(1.f) + k * gain2 * gain2);
        const F held = ((charge[0] * gain + charge[1]) * gain + charge[2]) * gain + charge[3];
        F y = tanh_short(input * share - held * (k * rest * share));
        for (F& state : charge) {
            y = y * gain + state * rest;
            state = F(2.f) * y - state;
        }
        return y;
    }
};

CHRONUS_MODULE(Ladder)
