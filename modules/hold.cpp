// Sample and hold, or track and hold.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Hold {
    static constexpr Spec spec {
        .name    = "hold",
        .aliases = "sample-and-hold sah track-and-hold",
        .summary = "Sample and hold: takes a value at each note and keeps it; noise in, another chance at each hit",
        .in      = { audio  ("in",   "what is sampled"),
                     gate   ("gate", "a note takes the value it finds"),
                     choice ("mode", "sample|track", "track follows while the note is held, and keeps the last") },
        .out     = { control("out",  "what was taken") },
    };

    F kept {};

    F tick(Clock, F in, Gate<F> gate, F mode) {
        const auto takes = gate.onset > F(0.f) || (mode > F(0.5f) && gate.held > F(0.f));
        return kept = select(takes, in, kept);
    }
};

CHRONUS_MODULE(Hold)
