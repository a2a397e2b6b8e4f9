// Rim shot: two short modes, wood and shell, and the tick of the stick, pressed together by a tanh (the layout of the
// TR-808's: bridged-T resonators at 1667 and 455 Hz into a diode clipper).
#include <chronus/dsp/drum.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Rim {
    static constexpr Spec spec {
        .name    = "rim",
        .aliases = "rimshot sidestick claves",
        .summary = "Rim shot, side stick, claves",
        .in      = { gate   ("gate",  "strikes it; the velocity is how hard"),
                     hertz  ("tune",  1667, 400, 4000, "pitch of the wood").alias("freq pitch"),
                     seconds("decay", 0.035f, 0.01f, 0.4f, "how long it sounds: from 0.1 on claves").alias("length"),
                     amount ("tone",  0.5f, "0 the dull shell, 1 only the wood"),
                     amount ("click", 0.4f, "the tick of the stick"),
                     amount ("drive", 0.4f, "from clean to crushed"),
                     amount ("level", 0.8f, "loudness").alias("amp volume") },
        .out     = { audio  ("out",   "the drum") },
    };

    Phase<F> mode[2] {};
    Strike<F> ring {}, stick {};
    Random<F> random {};
    OnePole<F> thin {};
    Declick<F> declick {};

    F tick(Clock clock, Gate<F> gate, F tune, F decay, F tone, F click, F drive, F level) {
        const auto struck = gate.onset > F(0.f);
        const F loud = ring(struck, gate.held, decay_60db(decay * F(1.5f), clock));
        F wood(0.f);
        for (int m = 0; m < 2; ++m) {
            mode[m].high = select(struck, Word<F>(0u), mode[m].high);
            mode[m].low = select(struck, Word<F>(0u), mode[m].low);
            wood += sin_half(centred(mode[m])) * (m ? F(0.9f) * (F(1.f) - tone) : F(0.4f) + F(0.6f) * tone);
            advance(mode[m], tune * F(m ? 0.273f : 1.f), clock);
        }
        const F tick = stick(struck, gate.held, decay_60db(F(0.006f), clock)) * click;
        const F snap = thin.high(random.bipolar(), one_pole(F(3000.f), clock)) * tick;
        const F push = F(0.6f) + F(8.f) * drive * drive;
        const F both = (wood * loud + snap) * F(0.7f);
        return declick(struck, tanh_lambert(both * push) / tanh_lambert(push), clock) * level;
    }
};

CHRONUS_MODULE(Rim)
