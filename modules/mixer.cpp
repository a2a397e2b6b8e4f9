// A sum of four with a level each.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Mixer {
    static constexpr Spec spec {
        .name    = "mixer",
        .aliases = "mix sum",
        .summary = "Mixes four signals into one",
        .in      = { audio ("in1",    "first signal").alias("in a"),
                     audio ("in2",    "second signal").alias("b"),
                     audio ("in3",    "third signal").alias("c"),
                     audio ("in4",    "fourth signal").alias("d"),
                     amount("level1", 1, 0, 2, "how much of the first: 1 as it is"),
                     amount("level2", 1, 0, 2, "how much of the second"),
                     amount("level3", 1, 0, 2, "how much of the third"),
                     amount("level4", 1, 0, 2, "how much of the fourth"),
                     amount("level",  1, 0, 2, "the whole mix").alias("gain") },
        .out     = { audio ("out",    "the mix") },
    };

    F tick(Clock, F a, F b, F c, F d, F level1, F level2, F level3, F level4, F level) {
        return (a * level1 + b * level2 + c * level3 + d * level4) * level;
    }
};

CHRONUS_MODULE(Mixer)
