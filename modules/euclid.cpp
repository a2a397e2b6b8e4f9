// Euclidean rhythms: so many hits as evenly as they go into so many steps (G. Toussaint, "The Euclidean algorithm
// generates traditional musical rhythms", 2005); by E. Bresenham's line, which gives the same but for the first step.
#include <chronus/dsp/sync.h>
using namespace chronus;

struct Euclid {
    static constexpr Spec spec {
        .name    = "euclid",
        .aliases = "euclidean bjorklund",
        .summary = "Euclidean rhythm: hits spread over steps as evenly as they go; patch it to the gate of a drum",
        .in      = { gate  ("clock",    "each note is a step, where sync is off"),
                     gate  ("reset",    "the next note is the first step again, where sync is off"),
                     amount("steps",    8, 1, 32, "how many there are until it begins again").smoothed(0).alias("length"),
                     amount("pulses",   3, 0, 32, "how many of them are hits").smoothed(0).alias("hits fill"),
                     amount("rotation", 0, 0, 31, "by how many steps the first hit comes later").smoothed(0)
                         .alias("rotate offset"),
                     sync_choice("how long a step is, as the transport plays; off: `clock` has the steps"),
                     amount("hold",     0.5f, 0.01f, 0.98f, "how much of its step a hit is held, where it is synced")
                         .alias("gate_length") },
        .out     = { gate   ("out",     "the hits: 1, or the velocity of the clock") },
    };

    GateOut opened {};
    int at = -1;  // the step, by the clock

    void process(const Block& block) {
        const Input clock = block.in(0), reset = block.in(1);
        const Rhythm rhythm{whole(block.in(2)[0]), whole(block.in(3)[0]), whole(block.in(4)[0])};
        const double beats = sync_beats(block.in(5)[0]);
        bool hit[kBlock] = {};
        if (beats > 0 && block.clock.plays)
            each_step(block.clock.beat, block.in(5)[0], block.clock,
                      [&](int frame, int64_t step) { hit[frame] = rhythm(step); });
        const int frames = int(float(beats / beat_step(block.clock)) * block.in(6)[0]) + 1;
        for (int i = 0; i < kBlock; ++i) {
            if (hit[i]) opened.open(1, frames);
            if (beats == 0) take(clock, reset, rhythm, i);
            block.out(0)[i] = opened.next();
        }
    }

    struct Rhythm {
        int steps, pulses, rotation;
        bool operator()(int64_t step) const {
            const int64_t place = (step - rotation) % steps;
            return (place < 0 ? place + steps : place) * pulses % steps < pulses;
        }
    };

    void take(Input clock, Input reset, const Rhythm& rhythm, int i) {
        if (reset.onset(i) > 0) at = -1;
        if (clock.onset(i) > 0) {
            at = (at + 1) % rhythm.steps;
            opened.close();
            if (rhythm(at)) opened.open(clock[i], -1);
        }
        if (clock[i] <= 0) opened.close();
    }

    static int whole(float x) { return int(x + 0.5f); }
};

CHRONUS_MODULE(Euclid)
