// Plays what was laid before it: eight signals, from a frame on.
#include <chronus/module.h>

#include "signals.h"
using namespace chronus;

struct Feed {
    static constexpr Spec spec {
        .name    = "feed",
        .summary = "What is sent into a module that is measured",
        .out     = { audio("o1", "1"), audio("o2", "2"), audio("o3", "3"), audio("o4", "4"),
                     audio("o5", "5"), audio("o6", "6"), audio("o7", "7"), audio("o8", "8") },
    };

    void process(const Block& block) {
        figures::sent.each(block.clock.frame, kBlock, [&](int way, int i, const float* s) { block.out(way)[i] = s ? *s : 0.f; });
    }
};

CHRONUS_MODULE(Feed)
