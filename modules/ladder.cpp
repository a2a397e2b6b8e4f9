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

    // Of the four poles' charges, what does not depend on the last frame's sum; that sum; and the gain it
    // met. A frame then waits for no more of the last one than its tanh, and the poles are reckoned
    // meanwhile.
    F settled[4] {}, sum {}, met {};

    static F coefficient(F cutoff, const Clock& clock) { return one_pole(cutoff, clock); }

    F tick(Clock, F in, F gain, F resonance, F drive, F bass) {
        const F rest = F(1.f) - gain;
        const F k = resonance * F(4.25f);  // 4 is where a linear ladder begins to oscillate
        const F input = in * ((F(1.f) + F(15.f) * drive * drive) * (F(1.f) + k * bass));

        // The output is gain^4 * sum + rest * held, for a sum that is the input less k times that output.
        // `held` has a part that is settled and one that goes with the last sum, as charge i has 2 met^(i+1)
        // of it.
        const F gain2 = gain * gain, met2 = met * met, share = F(1.f) / (F(1.f) + k * gain2 * gain2);
        const F loop = k * rest * share;
        const F held = ((settled[0] * gain + settled[1]) * gain + settled[2]) * gain + settled[3];
        const F of_last = F(2.f) * met * ((gain + met) * (gain2 + met2));
        const F next = tanh_short((input * share - held * loop) - sum * (of_last * loop));

        F out(0.f), part = F(2.f) * sum;
        for (F& state : settled) {
            part *= met;
            const F charge = state + part;
            out = out * gain + charge * rest;
            state = F(2.f) * out - charge;
        }
        sum = next;
        met = gain;
        return out + gain2 * gain2 * next;
    }
};

CHRONUS_MODULE(Ladder)
