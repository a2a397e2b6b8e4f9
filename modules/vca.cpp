// Voltage-controlled amplifier: a product.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Vca {
    static constexpr Spec spec {
        .name    = "vca",
        .aliases = "amp amplifier gain",
        .summary = "Amplifier: patch an envelope into gain, and set gain to 0, for notes that begin and end",
        .in      = { audio ("in",   "signal to amplify"),
                     amount("gain", 1, 0, 4, "1 as it comes, 2 twice as loud; what a cable brings is added")
                         .alias("level amount") },
        .out     = { audio ("out",  "amplified signal") },
    };

    F tick(Clock, F in, F gain) { return in * gain; }
};

CHRONUS_MODULE(Vca)
