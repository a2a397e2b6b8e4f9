// Cymbal: six squares that have nothing in common, and noise, in two bands that fall apart (the layout of the
// TR-808's: K. Werner, J. Abel and J. Smith, "The TR-808 cymbal", ICMC 2014). The ping is the plate's lower modes.
#include <chronus/dsp/drum.h>
#include <chronus/dsp/svf.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Cymbal {
    static constexpr Spec spec {
        .name    = "cymbal",
        .aliases = "ride crash cy",
        .summary = "Cymbal: a ride with much ping and little wash, a crash the other way round",
        .in      = { gate   ("gate",  "strikes it; the velocity is how hard"),
                     hertz  ("tune",  400, 200, 1000, "size of the plate: 300 large, 600 small").alias("freq pitch"),
                     seconds("decay", 1.2f, 0.1f, 6, "how long it sounds").alias("length"),
                     amount ("tone",  0.5f, "0 dark, 1 thin and bright"),
                     amount ("ping",  0.5f, "the stick on the plate: 0 crash, 0.7 ride, 1 bell").alias("bell"),
                     amount ("wash",  0.3f, "0 metal, 1 noise: spray").alias("noise"),
                     amount ("drive", 0.1f, "from clean to trash"),
                     amount ("level", 0.8f, "loudness").alias("amp volume") },
        .out     = { audio  ("out",   "the cymbal") },
    };

    Phase<F> plate[6] {};
    Random<F> random {};
    TwoPole<F> lower {}, bell {};
    OnePole<F> upper[3] {};
    Strike<F> body {}, spray {}, stick {};
    Declick<F> declick {};

    F tick(Clock clock, Gate<F> gate, F tune, F decay, F tone, F ping, F wash, F drive, F level) {
        constexpr float ratio[6] = {1.f, 1.483f, 1.800f, 2.546f, 2.630f, 3.897f};  // of the 808's oscillators
        F wave[6];
        for (int i = 0; i < 6; ++i) {
            const F hertz = tune * F(ratio[i]);
            wave[i] = rough_square(plate[i], hertz * F(clock.step));
            advance(plate[i], hertz, clock);
        }
        // Products of pairs besides the sum: as dense as a plate, and as bright as noise.
        F metal(0.f);
        for (int i = 0; i < 6; ++i) metal += (wave[i] + wave[i] * wave[(i + 1) % 6] * F(1.4f)) * F(0.25f);
        const auto struck = gate.onset > F(0.f);
        const F white = random.bipolar(), source = metal + (white - metal) * wash;

        // What is low falls sooner than what is high; the ping is over in a moment.
        const F low = body(struck, gate.held, decay_60db(decay * F(0.9f), clock));
        const F high = spray(struck, gate.held, decay_60db(decay * F(1.5f), clock));
        const F hit = stick(struck, gate.held, decay_60db(F(0.12f) + decay * F(0.15f), clock));
        const F middle = lower.bandpass(source, prewarped(F(3400.f) + F(1500.f) * tone, clock), F(0.7f));
        F top = source;
        const F corner = one_pole(F(4500.f) + F(4500.f) * tone, clock);
        for (OnePole<F>& pole : upper) top = pole.high(top, corner);
        const F clear = bell.bandpass(metal, prewarped(tune * F(5.f), clock), F(0.25f));

        // The bands are half a turn apart where they meet.
        const F sum = middle * low * (F(1.1f) - F(0.6f) * tone) - top * high * F(1.4f) + clear * hit * ping * F(2.f);
        const F push = F(0.7f) + F(6.f) * drive * drive;
        return declick(struck, tanh_lambert(sum * F(0.36f) * push) / tanh_lambert(push), clock) * level;
    }
};

CHRONUS_MODULE(Cymbal)
