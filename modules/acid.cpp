// A diode ladder with its envelope, after the TB-303: coupled poles, so 18 dB an octave at first and 24 in the
// end (T. Stinchcombe, "Analysis of the Diode Ladder Filter", 2009). Solved without delay as one tridiagonal
// system, from the last pole to the first: well-conditioned in floats, where the usual way round is not.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Acid {
    static constexpr Spec spec {
        .name    = "acid",
        .summary = "Acid filter with its own envelope and accents",
        .in      = { audio  ("in",   "a saw or square to filter"),
                     audio  ("dry",  "what is heard where mix is low"),
                     gate   ("gate", "opens the envelope; a velocity of 0.9 or more is an accent"),
                     hertz  ("cutoff", 1500, 80, 5000, "where it stands without the envelope"),
                     amount ("res", 0.45f, 0, 0.98f, "resonance: 0.5 sings, 0.98 squeals")
                         .alias("resonance q"),
                     amount ("env_amount", 2500, 0, 5000, "how many Hz the envelope adds to the cutoff")
                         .alias("env"),
                     seconds("decay", 0.25f, 0.02f, 1, "how long the envelope takes to close"),
                     amount ("accent", 0, "how much accented notes stand out"),
                     amount ("cutoff_offset", 300, 0, 1000, "how many Hz an accent adds to the cutoff"),
                     amount ("res_accent_boost", 0.2f, 0, 0.4f, "how much resonance an accent adds"),
                     seconds("accent_decay", 0.05f, 0.02f, 0.15f, "how long an accent lasts"),
                     amount ("drive", 0.2f, "overdrive before the filter"),
                     amount ("mix", 1, "0 dry, 1 filtered"),
                     amount ("vol_comp", 0.5f, "how much of the level that resonance takes is given back"),
                     choice ("slope", "24dB|18dB", "how steep it is, an octave: 18 dB lets more buzz through")
                         .alias("poles") },
        .out     = { audio  ("out",  "acid") },
    };

    F charge[4] {};          // of the four poles
    F envelope {}, strike {};  // the filter's own, and the accent's
    F accented {};           // 1 while the note is an accent
    Int<F> rising {};
    F gentle {};             // how much of the third pole is heard

    F tick(Clock clock, F in, F dry, Gate<F> gate, F cutoff, F res, F env_amount, F decay, F accent,
           F cutoff_offset, F res_accent_boost, F accent_decay, F drive, F mix, F vol_comp, F slope) {
        const auto begins = gate.onset > F(0.f);
        accented = select(begins, select(gate.held >= F(0.9f), F(1.f), F(0.f)), accented);
        rising = select(begins, Int<F>(1), rising);
        const auto up = rising == Int<F>(1);
        const F attack = F(1000.f * clock.step);
        const F risen = min(envelope + attack, F(1.f));
        rising = select(risen >= F(1.f), Int<F>(0), rising);
        envelope = select(up, risen, envelope * decay_60db(decay * F(1.5f), clock));
        const F struck = min(strike + attack, accented);
        const F fading = decay_60db(accent_decay * F(1.5f), clock);
        strike = select(up, max(struck, strike * F(0.99f)), strike * fading);
        const F emphasis = accent * strike;

        const F resonance = min(res + emphasis * res_accent_boost, F(1.f));
        const F hertz = clamp(cutoff + envelope * env_amount + emphasis * cutoff_offset, F(20.f), F(16000.f));
        const F g = prewarped(hertz, clock) * F(0.707106781f);
        gentle += (select(slope > F(0.5f), F(1.f), F(0.f)) - gentle) * approach(F(0.001f), clock);
        const F y = filter(overdriven(in, drive), g, resonance * F(16.8f));
        const F makeup = F(1.f) + vol_comp * resonance * F(3.f) + emphasis;
        return dry + (y * makeup - dry) * mix;
    }

    static F overdriven(F in, F drive) {
        const F push = F(1.f) + F(9.f) * drive * drive;
        return tanh_lambert(in * push) * (F(1.f) + F(0.6f) * drive) / (F(1.f) + F(0.31f) * (push - F(1.f)));
    }

    // y1' = 2w (x - y1 + y2), y2' = w (y1 - 2 y2 + y3), y3' = w (y2 - 2 y3 + y4), y4' = w (y3 - 2 y4): it
    // begins to oscillate at root 2 of w, for a feedback of 17. Each pole is held + slope times the pole
    // before it.
    F filter(F in, F g, F feedback) {
        const F pull[4] = {F(2.f) * g, g, g, g}, own = F(1.f) + F(2.f) * g;
        F share[4], slope[4], held[4];
        share[3] = F(1.f) / own;
        slope[3] = pull[3] * share[3];
        held[3] = charge[3] * share[3];
        for (int i = 2; i >= 0; --i) {
            share[i] = F(1.f) / (own - pull[i] * slope[i + 1]);
            slope[i] = pull[i] * share[i];
            held[i] = (charge[i] + pull[i] * held[i + 1]) * share[i];
        }
        const F through = slope[0] * slope[1] * slope[2] * slope[3];
        const F rest = held[3] + slope[3] * (held[2] + slope[2] * (held[1] + slope[1] * held[0]));

        F y = tanh_short((in - feedback * rest) / (F(1.f) + feedback * through)), third(0.f);
        for (int i = 0; i < 4; ++i) {
            y = held[i] + slope[i] * y;
            charge[i] = F(2.f) * y - charge[i];
            if (i == 2) third = y;
        }
        return select(gentle > F(0.f), y + gentle * (F(0.5f) * third - y), y);  // at rest a pole has half of the one before
    }
};

CHRONUS_MODULE(Acid)
