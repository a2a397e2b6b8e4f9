// Clock divider: one note of so many.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Divider {
    static constexpr Spec spec {
        .name    = "divider",
        .aliases = "clock-divider",
        .summary = "Clock divider: passes each second, third or n-th note on to another gate",
        .in      = { gate   ("gate",     "notes to count"),
                     gate   ("reset",    "the next note is the first again"),
                     amount ("division", 2, 1, 64, "one note of how many is passed on").smoothed(0).alias("n"),
                     amount ("offset",   0, 0, 63, "which one: 0 the first, 1 the second").smoothed(0) },
        .out     = { gate   ("out",      "those notes, as hard as they came") },
    };

    Int<F> count {-1};
    F last {};

    F tick(Clock, Gate<F> gate, Gate<F> reset, F division, F offset) {
        const auto begins = gate.onset > F(0.f);
        count = select(reset.onset > F(0.f), Int<F>(-1), count);
        const Int<F> next = count + Int<F>(1), all = truncate(division + F(0.5f));
        count = select(begins, select(next < all, next, Int<F>(0)), count);

        const F whole = floor(division + F(0.5f)), wanted = floor(offset + F(0.5f));
        const Int<F> chosen = truncate(wanted - whole * floor(wanted / whole) + F(0.5f));
        const F passed = select(count == chosen, gate.held, F(0.f));
        // A gate begins where a signal leaves 0: between notes that follow at once it is there for a frame.
        return last = select(begins && last > F(0.f), F(0.f), passed);
    }
};

CHRONUS_MODULE(Divider)
