// Attack and decay: linear up, then down as a capacitor's curve cut off where it has all but arrived, so that either
// ends on its frame. It goes its whole way however short the note; another begins from where it is.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Ad {
    static constexpr Spec spec {
        .name    = "ad",
        .aliases = "attack-decay",
        .summary = "Envelope for hits: up and down by itself, however long the note is held",
        .in      = { gate   ("gate",   "a note starts it: its velocity is the height"),
                     seconds("attack", 0.002f, 0.001f, 10, "time to the top"),
                     seconds("decay",  0.25f, 0.001f, 10, "time from the top to silence").alias("release"),
                     amount ("curve",  0.75f, "decay: 0 straight, 1 quick and then long"),
                     choice ("start",  "level|zero", "where a note begins that comes while it moves: where it is, or at 0") },
        .out     = { control("out",    "0 to the velocity") },
    };

    Int<F> stage {};    // 0 at rest, 1 attack, 2 decay
    Word<F> way {};     // through the stage, of 2^32
    F start {}, top {}, level {};

    F tick(Clock clock, Gate<F> gate, F attack, F decay, F curve, F from) {
        const auto begins = gate.onset > F(0.f);
        stage = select(begins, Int<F>(1), stage);
        way = select(begins, Word<F>(0u), way);
        start = select(begins, select(from > F(0.5f), F(0.f), level), start);
        top = select(begins, gate.held, top);

        const auto rising = stage == Int<F>(1), resting = stage == Int<F>(0);
        const F part = to_float(as_int(way >> 8)) * F(1.f / 16777216.f);
        const F bend = max(curve, F(0.01f)) * F(-8.f), rest = exp2(bend);
        const F up = top + (start - top) * (F(1.f) - part);
        const F down = top * ((exp2(bend * part) - rest) / (F(1.f) - rest));
        level = select(resting, F(0.f), select(rising, up, down));

        // Rounded up, as a step that is too small would come late.
        const F seconds = select(rising, attack, decay);
        const Word<F> step = as_word(truncate(F(4294968000.f * clock.step) / seconds)) + Word<F>(1u);
        way += step;
        const auto over = carries(way, step);
        way = select(over, Word<F>(0u), way);
        stage = select(over, select(rising, Int<F>(2), Int<F>(0)), stage);
        return level;
    }
};

CHRONUS_MODULE(Ad)
