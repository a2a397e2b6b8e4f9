// Equalizer of two shelves and two peaks, each a state-variable filter (dsp/svf.h has the method and its source), so
// that a sweep of any of them stays clean.
#include <chronus/dsp/svf.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Eq {
    static constexpr Spec spec {
        .name    = "eq",
        .aliases = "equalizer equaliser",
        .summary = "Equalizer: a shelf at the bottom, two peaks, a shelf at the top",
        .in      = { audio   ("left",      "left side").alias("in"),
                     audio   ("right",     "right side"),
                     decibels("low",       0, -18, 18, "bass: below 0 less of it, above 0 more").alias("bass"),
                     hertz   ("low_freq",  120, 20, 1000, "up to where the bass reaches"),
                     decibels("peak1",     0, -18, 18, "how far the first peak stands out or is cut").alias("mid"),
                     hertz   ("freq1",     400, 20, 18000, "where the first peak stands").alias("mid_freq"),
                     amount  ("q1",        1, 0.3f, 10, "0.5 broad, 1 an octave and a half, 10 one note").exponential(),
                     decibels("peak2",     0, -18, 18, "how far the second peak stands out or is cut"),
                     hertz   ("freq2",     2500, 20, 18000, "where the second peak stands"),
                     amount  ("q2",        1, 0.3f, 10, "how narrow the second peak is").exponential(),
                     decibels("high",      0, -18, 18, "treble: below 0 duller, above 0 brighter").alias("treble"),
                     hertz   ("high_freq", 6000, 1000, 18000, "from where on the treble reaches") },
        .out     = { audio   ("left",      "left side"),
                     audio   ("right",     "right side") },
        .largest_gain = 6000,  // all four by 18 dB at the same place are 72
    };

    TwoPole<F> band[2][4] {};

    Stereo<F> tick(Clock clock, F left, F right, F low, F low_freq, F peak1, F freq1, F q1, F peak2, F freq2, F q2,
                   F high, F high_freq) {
        const F flat(0.70710678f);
        const ToneControl<F> tone[4] = {
            low_shelf_of(low_freq, low, flat, clock), peak_of(freq1, peak1, q1, clock),
            peak_of(freq2, peak2, q2, clock), high_shelf_of(high_freq, high, flat, clock)};
        F side[2] = {left, right};
        for (int s = 0; s < 2; ++s)
            for (int b = 0; b < 4; ++b) side[s] = tone[b](band[s][b], side[s]);
        return {side[0], side[1]};
    }
};

CHRONUS_MODULE(Eq)
