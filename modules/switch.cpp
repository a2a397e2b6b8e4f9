// One of six signals; another is faded to, not cut to (dsp/crossfade.h).
#include <chronus/dsp/crossfade.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Switch {
    static constexpr Spec spec {
        .name    = "switch",
        .aliases = "select selector",
        .summary = "Passes one of six signals and changes without a click",
        .in      = { audio ("in1",    "first signal").alias("in"),
                     audio ("in2",    "second signal"),
                     audio ("in3",    "third signal"),
                     audio ("in4",    "fourth signal"),
                     audio ("in5",    "fifth signal"),
                     audio ("in6",    "sixth signal"),
                     choice("select", "in1|in2|in3|in4|in5|in6", "which one is heard") },
        .out     = { audio ("out",    "the chosen signal") },
    };

    Crossfade<F, 6> heard {};

    F tick(Clock clock, F in1, F in2, F in3, F in4, F in5, F in6, F chosen) {
        heard.choose(chosen, clock);
        const F* w = heard.weight;
        return w[0] * in1 + w[1] * in2 + w[2] * in3 + w[3] * in4 + w[4] * in5 + w[5] * in6;
    }
};

CHRONUS_MODULE(Switch)
