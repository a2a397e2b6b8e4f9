// A sequencer of values: each note on its gate goes on to the next.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Step {
    static constexpr int kSteps = 16;

    static constexpr Port value(const char* name) { return amount(name, 0, -1, 1, "the value of this step"); }

    static constexpr Spec spec {
        .name    = "step",
        .aliases = "stepper values",
        .summary = "A value a step: sequence it, and patch it to whatever should change with each hit",
        .in      = { gate   ("gate",  "a note goes on to the next step"),
                     gate   ("reset", "the next note plays the first step"),
                     amount ("steps", 8, 1, 16, "how many there are until it begins again").smoothed(0).alias("length"),
                     value("v1"), value("v2"), value("v3"), value("v4"), value("v5"), value("v6"), value("v7"),
                     value("v8"), value("v9"), value("v10"), value("v11"), value("v12"), value("v13"), value("v14"),
                     value("v15"), value("v16") },
        .out     = { control("out",   "the step's value; the first until a note comes") },
    };

    Int<F> at {-1};

    template <class... Values>
    F tick(Clock, Gate<F> gate, Gate<F> reset, F steps, Values... values) {
        static_assert(sizeof...(values) == kSteps);
        at = select(reset.onset > F(0.f), Int<F>(-1), at);
        const Int<F> next = at + Int<F>(1), count = truncate(steps + F(0.5f));
        at = select(gate.onset > F(0.f), select(next < count, next, Int<F>(0)), at);
        const F all[kSteps] = {values...};
        F out = all[0];
        for (int s = 1; s < kSteps; ++s) out = select(at == Int<F>(s), all[s], out);
        return out;
    }
};

CHRONUS_MODULE(Step)
