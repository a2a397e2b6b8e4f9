// Hand clap: band-passed noise, opened by four bursts a hundredth of a second apart, the last of which falls slowly as
// the room does (the layout of the TR-808 and 909 claps).
#include <chronus/dsp/drum.h>
#include <chronus/dsp/svf.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Clap {
    static constexpr Spec spec {
        .name    = "clap",
        .aliases = "handclap cp",
        .summary = "Hand clap, from tight to a whole room",
        .in      = { gate   ("gate",   "strikes it; the velocity is how hard"),
                     hertz  ("tune",   1100, 500, 3000, "0.5 kHz cupped hands, 3 kHz flat ones").alias("freq pitch"),
                     seconds("decay",  0.2f, 0.03f, 2, "how long the room sounds on").alias("length"),
                     seconds("spread", 0.011f, 0.002f, 0.04f, "from hand to hand: how far they are apart"),
                     amount ("tone",   0.4f, "0 only the hands, 1 with all of the air"),
                     amount ("drive",  0.2f, "from clean to crushed"),
                     amount ("level",  0.8f, "loudness").alias("amp volume") },
        .out     = { audio  ("out",    "the clap") },
    };

    static constexpr int kBursts = 4;

    Random<F> random {};
    TwoPole<F> hands {};
    OnePole<F> air[2] {};
    Strike<F> burst {}, room {};
    F age {}, hard {};    // seconds since the last burst, and how hard it was
    Int<F> left {};       // bursts to come

    F tick(Clock clock, Gate<F> gate, F tune, F decay, F spread, F tone, F drive, F level) {
        const auto struck = gate.onset > F(0.f);
        hard = select(struck, gate.held, hard);
        left = select(struck, Int<F>(kBursts - 1), left);
        age = select(struck, F(0.f), age + F(clock.step));
        const auto again = left > Int<F>(0) && age >= spread;
        left = select(again, left - Int<F>(1), left);
        age = select(again, F(0.f), age);

        const auto last = again && left == Int<F>(0);
        const F near = burst(struck || again, hard, decay_60db(F(0.03f), clock));
        const F far = room(last, hard * F(0.7f), decay_60db(decay * F(1.5f), clock));

        const F white = random.bipolar();
        F hiss = white;
        const F corner = one_pole(F(2500.f), clock);
        for (OnePole<F>& pole : air) hiss = pole.high(hiss, corner);
        const F band = hands.bandpass(white, prewarped(tune, clock), F(0.8f));
        const F both = (band * F(2.2f) - hiss * tone * F(0.6f)) * max(near, far);
        const F push = F(0.7f) + F(6.f) * drive * drive;
        return tanh_lambert(both * push) / tanh_lambert(push) * level;
    }
};

CHRONUS_MODULE(Clap)
