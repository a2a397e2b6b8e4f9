// Hi-hat: six square oscillators at the pitches of the TR-808's, which have nothing in common, or noise; both
// through a steep high-pass and an envelope.
#include <chronus/dsp/drum.h>
#include <chronus/dsp/noise.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Hat {
    static constexpr Spec spec {
        .name    = "hat",
        .aliases = "hihat hh",
        .summary = "Hi-hat, closed to open",
        .in      = { gate   ("gate",  "strikes it; the velocity is how hard"),
                     amount ("tune",  0, -1, 1, "the plates: -1 an octave lower and larger, 1 higher and smaller"),
                     seconds("decay", 0.05f, 0.02f, 2, "0.05 closed, 0.4 open").alias("length"),
                     amount ("tone",  0.5f, "0 dark and full, 1 thin and bright"),
                     choice ("noise", "metal|white|pink", "what it is made of").alias("type source"),
                     amount ("drive", 0, "grit: it is pressed harder").alias("dirt"),
                     amount ("level", 0.8f, "loudness").alias("amp volume"),
                     gate   ("choke", "ends it at once: the foot comes down on an open hat") },
        .out     = { audio  ("out",   "the hat") },
    };

    Phase<F> plate[6] {};
    Random<F> random {};
    Pink<F> filter {};
    Strike<F> ring {};
    F choked {};        // 1 from the choke to the next strike
    OnePole<F> pole[4] {};
    Declick<F> declick {};

    F tick(Clock clock, Gate<F> gate, F tune, F decay, F tone, F noise, F drive, F level, Gate<F> choke) {
        constexpr float pitch[6] = {205.3f, 304.4f, 369.6f, 522.7f, 540.f, 800.f};  // Hz, of the 808
        const F higher = F(1.7f) * exp2(tune);
        F metal(0.f);
        for (int i = 0; i < 6; ++i) {
            const F hertz = F(pitch[i]) * higher;
            metal += rough_square(plate[i], hertz * F(clock.step));
            advance(plate[i], hertz, clock);
        }
        const F white = random.bipolar(), pink = filter(white, clock);
        F source = select(noise < F(0.5f), metal * F(0.9f),
                   select(noise < F(1.5f), white * F(0.9f), pink * F(3.4f)));

        const F corner = one_pole(F(3500.f) + F(5500.f) * tone, clock);
        for (OnePole<F>& p : pole) source = p.high(source, corner);

        const auto struck = gate.onset > F(0.f);
        choked = select(struck, F(0.f), select(choke.onset > F(0.f), F(1.f), choked));
        const F fall = select(choked > F(0.5f), decay_60db(F(0.03f), clock), decay_60db(decay * F(1.5f), clock));
        const F loud = ring(struck, gate.held, fall);
        return declick(struck, tanh_lambert(source * F(1.6f) * exp2(drive * F(4.f))) / (F(1.f) + F(1.9f) * drive) * loud, clock) * level;
    }
};

CHRONUS_MODULE(Hat)
