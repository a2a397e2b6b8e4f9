// Phaser: a chain of one-pole allpasses, swept by a sine in octaves (J. O. Smith, "An allpass approach to digital
// phasing and flanging", ICMC 1984), by trapezoidal integration, so that a quick sweep stays clean. The right side
// is swept a quarter of a turn later.
#include <chronus/dsp/crossfade.h>
#include <chronus/dsp/sync.h>
using namespace chronus;

template <class F>
struct Phaser {
    static constexpr Spec spec {
        .name    = "phaser",
        .aliases = "phase-shifter",
        .summary = "Phaser: notches that sweep, gentler than a flanger and not in harmony",
        .in      = { audio ("left",     "left side").alias("in"),
                     audio ("right",    "right side"),
                     hertz ("rate",     0.3f, 0.01f, 10, "how fast it sweeps").alias("speed"),
                     amount("depth",    1.5f, 0, 3, "how far it sweeps, in octaves to either side"),
                     hertz ("freq",     700, 100, 5000, "the middle of the sweep").smoothed(0.05f)
                         .alias("cutoff frequency"),
                     amount("feedback", 0.5f, -0.9f, 0.9f, "how sharp it is").alias("resonance res"),
                     choice("stages",   "four|six|eight", "half as many notches"),
                     amount("mix",      0.5f, "0 dry, 0.5 deepest, 1 only shifted: vibrato")
                         .smoothed(0.03f).alias("amount"),
                     sync_choice("how long a sweep is, in place of rate: it then stands where the song stands") },
        .out     = { audio ("left",     "left side"),
                     audio ("right",    "right side") },
        .largest_gain = 80,  // feedback of 0.9 and a sweep that jump every frame add up to more than its steady 10
    };

    static constexpr int kStages = 8;

    SongPhase<F> sweep {};
    OnePole<F> pole[2][kStages] {};
    F fed[2] {};
    Crossfade<F, 3> heard {};

    void block(const Clock& clock) { sweep.block(clock); }

    Stereo<F> tick(Clock clock, F left, F right, F rate, F depth, F freq, F feedback, F stages, F mixed, F sync) {
        const Phase<F> phase = sweep.next(rate, sync, clock);
        heard.choose(stages, clock);
        const F in[2] = {left, right};
        F out[2];
        for (int side = 0; side < 2; ++side) {
            Phase<F> own = phase;
            own.high += Word<F>(side * 0x40000000u);
            const F gain = one_pole(freq * exp2(depth * sin_half(centred(own))), clock);
            F x = in[side] + fed[side] * feedback, wet(0.f);
            for (int s = 0; s < kStages; ++s) {
                x = F(2.f) * pole[side][s].low(x, gain) - x;
                if (s >= 3 && s % 2) wet += heard.weight[(s - 3) / 2] * x;
            }
            fed[side] = wet;
            out[side] = mix(in[side], wet, mixed);
        }
        return {out[0], out[1]};
    }
};

CHRONUS_MODULE(Phaser)
