// Tom: two modes of a drum head that fall in pitch (the second at 1.59 times the first, as an ideal membrane's: N.
// Fletcher and T. Rossing, "The Physics of Musical Instruments", 1998), and a little noise of the stick.
#include <chronus/dsp/drum.h>
#include <chronus/dsp/svf.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Tom {
    static constexpr Spec spec {
        .name    = "tom",
        .aliases = "tomtom conga",
        .summary = "Tom, from floor tom to conga",
        .in      = { gate   ("gate",  "strikes it; the velocity is how hard"),
                     hertz  ("tune",  110, 50, 500, "pitch it comes to rest at: 80 low, 110 mid, 165 high")
                         .alias("freq pitch"),
                     seconds("decay", 0.35f, 0.05f, 2, "how long it sounds").alias("length"),
                     amount ("bend",  0.35f, "how far its pitch falls: 0 a conga, 1 a laser").alias("punch"),
                     amount ("tone",  0.4f, "0 round, 1 with all of the head's second mode"),
                     amount ("stick", 0.3f, "the hit itself").alias("click"),
                     amount ("drive", 0.2f, "from soft to pressed"),
                     amount ("level", 0.8f, "loudness").alias("amp volume") },
        .out     = { audio  ("out",   "the drum") },
    };

    Phase<F> mode[2] {};
    Strike<F> head[2] {}, fall {}, hit {};
    Random<F> random {};
    TwoPole<F> wood {};
    Declick<F> declick {};

    F tick(Clock clock, Gate<F> gate, F tune, F decay, F bend, F tone, F stick, F drive, F level) {
        const auto struck = gate.onset > F(0.f);
        const F swept = fall(struck, F(1.f), decay_60db(F(0.18f), clock));
        const F pitch = tune * (F(1.f) + F(2.f) * bend * swept * (F(1.f) + swept * swept * F(2.f) * bend));
        F drum(0.f);
        for (int m = 0; m < 2; ++m) {
            mode[m].high = select(struck, Word<F>(0u), mode[m].high);
            mode[m].low = select(struck, Word<F>(0u), mode[m].low);
            const F loud = head[m](struck, gate.held, decay_60db(decay * F(m ? 0.6f : 1.5f), clock));
            drum += sin_half(centred(mode[m])) * loud * (m ? tone * F(0.5f) : F(0.9f));
            advance(mode[m], pitch * F(m ? 1.59f : 1.f), clock);
        }
        const F tick = hit(struck, gate.held, decay_60db(F(0.03f), clock)) * stick;
        const F knock = wood.bandpass(random.bipolar(), prewarped(tune * F(9.f), clock), F(1.2f)) * tick * F(1.5f);
        const F push = F(0.5f) + F(6.f) * drive * drive;
        return declick(struck, tanh_lambert((drum + knock) * push) / tanh_lambert(push), clock) * level;
    }
};

CHRONUS_MODULE(Tom)
