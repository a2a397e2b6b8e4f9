// Portamento: the pitch, in octaves, follows exponentially, as a capacitor behind a keyboard does.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Glide {
    static constexpr Spec spec {
        .name    = "glide",
        .aliases = "portamento slide",
        .summary = "Slides from note to note: cable `pitch` into the freq of an oscillator that stands at C4",
        .in      = { hertz  ("freq",  440, 20, 20000, "the note to slide to").smoothed(0),
                     seconds("time",  0, 0, 1.5f, "how long a slide takes, to within a hundredth; 0 jumps") },
        .out     = { control("pitch", "octaves above C4, 261.63 Hz") },
    };

    F pitch {};
    Int<F> started {};

    F tick(Clock clock, F freq, F time) {
        const F wanted = log2(freq * F(1.f / 261.625565f));
        // A hundredth is left after ln 100 time constants.
        const F nearer = select(time > F(clock.step), approach(time * F(0.217147f), clock), F(1.f));
        pitch = select(started == Int<F>(0), wanted, pitch + (wanted - pitch) * nearer);
        started = Int<F>(1);
        return pitch;
    }
};

CHRONUS_MODULE(Glide)
