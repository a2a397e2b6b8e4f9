// Cowbell: two squares a sharp fifth apart through a band-pass, loud for a moment and then long (the layout of the
// TR-808's, 540 and 800 Hz: K. Werner, J. Abel and J. Smith, "More cowbell", DAFx-14).
#include <chronus/dsp/drum.h>
#include <chronus/dsp/svf.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Cowbell {
    static constexpr Spec spec {
        .name    = "cowbell",
        .aliases = "cb agogo",
        .summary = "Cowbell, and agogo where it is tuned up",
        .in      = { gate   ("gate",  "strikes it; the velocity is how hard"),
                     hertz  ("tune",  540, 200, 2000, "pitch of the lower of its two tones").alias("freq pitch"),
                     seconds("decay", 0.3f, 0.03f, 2, "how long it sounds").alias("length"),
                     amount ("tone",  0.4f, "0 hollow, 1 bright and tinny"),
                     amount ("drive", 0.2f, "from clean to crushed"),
                     amount ("level", 0.8f, "loudness").alias("amp volume") },
        .out     = { audio  ("out",   "the bell") },
    };

    Phase<F> side[2] {};
    Strike<F> clang {}, ring {};
    TwoPole<F> body {};
    Declick<F> declick {};

    F tick(Clock clock, Gate<F> gate, F tune, F decay, F tone, F drive, F level) {
        const auto struck = gate.onset > F(0.f);
        F metal(0.f);
        for (int s = 0; s < 2; ++s) {
            const F hertz = tune * F(s ? 1.4815f : 1.f);
            metal += rough_square(side[s], hertz * F(clock.step));
            advance(side[s], hertz, clock);
        }
        const F loud = clang(struck, gate.held, decay_60db(F(0.045f), clock)) * F(0.45f) +
                       ring(struck, gate.held, decay_60db(decay * F(1.5f), clock)) * F(0.4f);
        const F middle = prewarped(tune * F(1.5f) * exp2(tone * F(2.5f)), clock);
        const F bell = body.bandpass(metal, middle, F(0.9f)) * (F(0.5f) + tone * F(0.5f));
        const F push = F(0.6f) + F(6.f) * drive * drive;
        return declick(struck, tanh_lambert(bell * push) / tanh_lambert(push) * loud, clock) * level;
    }
};

CHRONUS_MODULE(Cowbell)
