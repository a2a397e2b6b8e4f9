// Snare drum: two modes of a drum head that fall a little in pitch, and band-passed noise for the wires (the
// layout of the TR-808 and 909 snares: two resonators, noise through a high-pass, an envelope for each).
#include <chronus/dsp/drum.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Snare {
    static constexpr Spec spec {
        .name    = "snare",
        .aliases = "sd snaredrum",
        .summary = "Snare drum: a head and its wires",
        .in      = { gate   ("gate",   "strikes it; the velocity is how hard"),
                     hertz  ("tune",   185, 100, 400, "pitch of the head").alias("freq pitch"),
                     seconds("decay",  0.2f, 0.05f, 1, "how long the wires sound").alias("length"),
                     amount ("tone",   0.5f, "0 dark wires, 1 bright and thin ones"),
                     amount ("snappy", 0.6f, "0 only the head, 1 only the wires").alias("noise snap"),
                     amount ("drive",  0.2f, "from clean to crushed"),
                     amount ("level",  0.8f, "loudness").alias("amp volume") },
        .out     = { audio  ("out",    "the drum") },
    };

    Phase<F> mode[2] {};
    Strike<F> head[2] {}, wires {}, bend {};
    Random<F> random {};
    OnePole<F> below[2] {}, above {};
    Declick<F> declick {};

    F tick(Clock clock, Gate<F> gate, F tune, F decay, F tone, F snappy, F drive, F level) {
        const auto struck = gate.onset > F(0.f);
        const F bent = F(1.f) + F(0.4f) * bend(struck, F(1.f), decay_60db(F(0.05f), clock));
        F drum(0.f);
        for (int m = 0; m < 2; ++m) {
            mode[m].high = select(struck, Word<F>(0u), mode[m].high);
            mode[m].low = select(struck, Word<F>(0u), mode[m].low);
            const F loud = head[m](struck, gate.held, decay_60db(F(m ? 0.14f : 0.22f), clock));
            drum += sin_half(centred(mode[m])) * loud * F(m ? 0.45f : 0.75f);
            advance(mode[m], tune * bent * F(m ? 1.78f : 1.f), clock);
        }

        // Two high-passes, as the wires have no body; a low-pass tames the fizz of a dark one.
        const F loud = wires(struck, gate.held, decay_60db(decay * F(1.5f), clock));
        const F corner = one_pole(F(500.f) + F(3500.f) * tone * tone, clock);
        const F bright = one_pole(F(5000.f) + F(11000.f) * tone, clock);
        F hiss = random.bipolar();
        for (OnePole<F>& pole : below) hiss = pole.high(hiss, corner);
        hiss = above.low(hiss, bright) * loud * F(1.1f);

        const F both = drum * (F(1.f) - snappy * snappy) + hiss * snappy;
        const F push = F(0.6f) + F(5.f) * drive * drive;
        return declick(struck, tanh_lambert(both * push) / tanh_lambert(push), clock) * level;
    }
};

CHRONUS_MODULE(Snare)
