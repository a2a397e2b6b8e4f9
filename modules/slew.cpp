// A limit to how fast a signal may move: at a steady pace, or as a capacitor that is charged.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Slew {
    static constexpr Spec spec {
        .name    = "slew",
        .aliases = "lag smooth",
        .summary = "Slew: turns steps into slides, up and down each in a time of its own",
        .in      = { audio  ("in",    "what moves too fast"),
                     seconds("rise",  0.1f, 0, 10, "time to go up by 1, or by a curve to within a hundredth"),
                     seconds("fall",  0.1f, 0, 10, "time to go down by 1, or by a curve to within a hundredth"),
                     choice ("shape", "linear|curve", "a steady pace, or quick first and then slower") },
        .out     = { control("out",   "the same, slower") },
    };

    F now {};

    F tick(Clock clock, F in, F rise, F fall, F shape) {
        const F way = in - now, time = select(way > F(0.f), rise, fall);
        const F pace = F(clock.step) / max(time, F(1e-9f));
        const F line = clamp(way, -pace, pace);
        const F curve = way * approach(time * F(0.217147f), clock);
        now = select(time <= F(clock.step), in, now + select(shape < F(0.5f), line, curve));
        return now;
    }
};

CHRONUS_MODULE(Slew)
