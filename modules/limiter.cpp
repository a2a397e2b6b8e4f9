// The stereo true-peak limiter of dsp/limiter.h, which has the method and its source, as a module.
#include <chronus/dsp/limiter.h>
#include <chronus/module.h>
using namespace chronus;

struct LimiterModule {
    static constexpr Spec spec {
        .name    = "limiter",
        .summary = "Stereo true-peak limiter: no peak above the ceiling, nothing touched below it",
        .in      = { audio   ("left",    "left side").alias("in"),
                     audio   ("right",   "right side"),
                     decibels("gain",    0, 0, 24, "how hard the signal is pushed into it").alias("drive"),
                     decibels("ceiling", -1, -24, 0, "the highest peak that leaves it, of true peaks") },
        .out     = { audio   ("left",    "left side, 64 frames late"),
                     audio   ("right",   "right side") },
    };

    Limiter limiter {};

    void prepare(Arena&, double rate) { limiter.set_rate(rate); }

    void process(const Block& block) {
        float pushed[2][kBlock];
        for (int side = 0; side < 2; ++side) {
            const Input in = block.in(side), gain = block.in(2);
            const float flat = gain_of(gain[0]);
            for (int i = 0; i < kBlock; ++i)
                pushed[side][i] = in[i] * (gain.flat() ? flat : gain_of(gain[i]));
        }
        limiter.ceiling = gain_of(block.in(3)[0]);
        limiter.process(pushed[0], pushed[1], block.out(0), block.out(1), kBlock);
    }
};

CHRONUS_MODULE(LimiterModule)
