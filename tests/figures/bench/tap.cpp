// Keeps what it hears: eight signals, from a frame on.
#include <chronus/module.h>

#include "signals.h"
using namespace chronus;

struct Tap {
    static constexpr Spec spec {
        .name    = "tap",
        .summary = "Where a module that is measured is heard",
        .in      = { audio("i1", "1"), audio("i2", "2"), audio("i3", "3"), audio("i4", "4"),
                     audio("i5", "5"), audio("i6", "6"), audio("i7", "7"), audio("i8", "8") },
        .out     = { control("out", "nothing") },
    };

    void process(const Block& block) {
        figures::heard.each(block.clock.frame, kBlock, [&](int way, int i, float* s) {
            if (s) *s = block.in(way)[i];
        });
        for (int i = 0; i < kBlock; ++i) block.out(0)[i] = 0;
    }
};

CHRONUS_MODULE(Tap)
