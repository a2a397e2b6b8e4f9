// Bass drum: a sine whose pitch falls in two stages, the quick one being the beater, and a tanh that only
// presses what is loud (the bridged-T of the TR-808 and the swept oscillator of the 909, see K. Werner et
// al., DAFx-14).
#include <chronus/dsp/drum.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Kick {
    static constexpr Spec spec {
        .name    = "kick",
        .aliases = "bassdrum bd",
        .summary = "Bass drum from round 808 to hard techno",
        .in      = { gate   ("gate",  "strikes it; the velocity is how hard"),
                     hertz  ("freq",  52, 30, 200, "pitch it comes to rest at").alias("tune pitch"),
                     seconds("decay", 0.35f, 0.05f, 2, "how long it sounds").alias("length"),
                     amount ("punch", 0.5f, "how far the pitch falls at the start"),
                     seconds("sweep", 0.06f, 0.01f, 0.3f, "how long the pitch takes to fall"),
                     amount ("click", 0.3f, "the beater: a tick at the very start").alias("tone"),
                     amount ("drive", 0.2f, "from soft to pressed and square"),
                     amount ("level", 0.8f, "loudness").alias("amp volume") },
        .out     = { audio  ("out",   "the drum") },
    };

    Phase<F> phase {};
    Strike<F> body {}, fall {}, beater {};
    Random<F> random {};
    OnePole<F> dull {};
    Declick<F> declick {};

    F tick(Clock clock, Gate<F> gate, F freq, F decay, F punch, F sweep, F click, F drive, F level) {
        const auto struck = gate.onset > F(0.f);
        phase.high = select(struck, Word<F>(0u), phase.high);
        phase.low = select(struck, Word<F>(0u), phase.low);

        // A decay is what is heard of it, 40 dB.
        const F loud = body(struck, gate.held, decay_60db(decay * F(1.5f), clock));
        const F swept = fall(struck, F(1.f), decay_60db(sweep * F(1.5f), clock));
        const F tick = beater(struck, gate.held, decay_60db(F(0.012f), clock));
        const F round = sin_half(centred(phase));
        const F pitch = freq * (F(1.f) + punch * (F(3.f) * swept + F(9.f) * swept * swept * swept * swept));
        advance(phase, min(pitch, F(0.4f) * F(clock.rate)), clock);

        const F snap = dull.low(random.bipolar(), one_pole(F(5000.f), clock)) * tick * tick * click;
        const F push = F(0.5f) + F(7.5f) * drive * drive;
        const F pressed = tanh_lambert((round * loud + snap) * push) / tanh_lambert(push);
        return declick(struck, pressed, clock) * level;
    }
};

CHRONUS_MODULE(Kick)
