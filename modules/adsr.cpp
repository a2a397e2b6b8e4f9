// Envelope: linear attack, then decay and release as a capacitor's curve cut off where it has all but
// arrived, so that each stage ends on its frame.
#include <chronus/module.h>
using namespace chronus;

// 2^-8x for x in [0, 1], exactly 1 at 0. Relative error 3e-5.
template <class F>
F fall(F x) {
    const F y = F(1.f) + x * (F(-0.69306357f) + x * (F(0.23945674f) +
                x * (F(-0.05322358f) + x * F(0.006831895f))));
    const F y2 = y * y, y4 = y2 * y2;
    return y4 * y4;
}

template <class F>
struct Adsr {
    static constexpr Spec spec {
        .name    = "adsr",
        .aliases = "envelope env",
        .summary = "Envelope: rises while a note begins, rests while it is held, falls when it ends",
        .in      = { gate   ("gate",    "a note: its velocity is the height of the envelope"),
                     seconds("attack",  0.01f, 0.001f, 10, "time to the top"),
                     seconds("decay",   0.1f, 0, 10, "time from the top to the sustain level"),
                     amount ("sustain", 0.7f, "level while the note is held, of its top"),
                     seconds("release", 0.5f, 0.001f, 10, "time to silence after the note"),
                     amount ("curve",   0.75f, "decay and release: 0 straight, 1 quick and then long") },
        .out     = { control("out",     "0 to the velocity") },
    };
    // Where one is over, the next begins.
    static constexpr int kRelease = -1, kIdle = 0, kAttack = 1, kDecay = 2, kSustain = 3;

    Int<F> stage {};        // kIdle
    Word<F> way {};         // through the stage, of 2^32
    F start {}, level {};   // where the stage began, and where the envelope is
    F top {};               // the velocity of the note

    F tick(Clock clock, Gate<F> gate, F attack, F decay, F sustain, F release, F curve) {
        const auto begins = gate.onset > F(0.f);
        const auto ends = gate.held <= F(0.f) && stage > Int<F>(kIdle);
        const auto turns = begins || ends;
        stage = select(begins, Int<F>(kAttack), select(ends, Int<F>(kRelease), stage));
        top = select(begins, gate.held, top);
        start = select(turns, level, start);
        way = select(turns, Word<F>(0u), way);

        const auto rising = stage == Int<F>(kAttack), released = stage <= Int<F>(kIdle);
        const auto resting = stage == Int<F>(kIdle) || stage == Int<F>(kSustain);
        const F u = to_float(as_int(way >> 8)) * F(1.f / 16777216.f);
        const F bend = max(curve, F(0.01f)), end = fall(bend), whole = F(1.f) / (F(1.f) - end);
        const F left = select(rising, F(1.f) - u, select(resting, F(0.f), (fall(bend * u) - end) * whole));
        const F target = select(rising, top, select(released, F(0.f), sustain * top));
        level = target + (start - target) * left;

        const Word<F> step = select(rising, step_of(attack, clock), select(resting, Word<F>(0u),
                             select(released, step_of(release, clock), step_of(decay, clock))));
        way += step;
        const auto over = way < step;
        stage += select(over, Int<F>(1), Int<F>(0));
        start = select(over, target, start);
        way = select(over, Word<F>(0u), way);
        return level;
    }

    // What brings a stage to its end on its frame (to within 2 frames in 100 000): rounded up, as a step that
    // is too small would come late. 1 ms is as fast as it goes without a click.
    static Word<F> step_of(F time, const Clock& clock) {
        return as_word(truncate(F(4294968000.f * clock.step) / max(time, F(0.001f))) + Int<F>(1));
    }
};

CHRONUS_MODULE(Adsr)
