// Tremolo: the loudness of each side on a slow wave. Its corners are rounded by a millisecond, so that even a square
// does not click.
#include <chronus/dsp/sync.h>
#include <chronus/dsp/tpt.h>
using namespace chronus;

template <class F>
struct Tremolo {
    static constexpr Spec spec {
        .name    = "tremolo",
        .aliases = "autopan chopper",
        .summary = "Tremolo: loudness that swings, or wanders from side to side",
        .in      = { audio ("left",   "left side").alias("in"),
                     audio ("right",  "right side"),
                     hertz ("rate",   5, 0.05f, 40, "swings a second").alias("speed freq"),
                     amount("depth",  0.6f, "0 none, 1 down to silence").alias("amount"),
                     choice("shape",  "sine|triangle|square", "square chops"),
                     amount("spread", 0, "0 both sides together, 1 in turn: the sound wanders").alias("pan"),
                     sync_choice("how long a swing is, in place of rate: it then stands where the song stands") },
        .out     = { audio ("left",   "left side"),
                     audio ("right",  "right side") },
    };

    SongPhase<F> swing {};
    F round[2][2] {};  // two poles a side

    void block(const Clock& clock) { swing.block(clock); }

    Stereo<F> tick(Clock clock, F left, F right, F rate, F depth, F shape, F spread, F sync) {
        const Phase<F> phase = swing.next(rate, sync, clock);
        const F nearer = approach(F(0.0007f), clock);
        F gain[2];
        for (int side = 0; side < 2; ++side) {
            const F turn = centred(phase) + spread * F(side * 0.5f);
            const F x = select(turn >= F(0.5f), turn - F(1.f), turn);
            const F triangle = abs(abs(x - F(0.25f)) - F(0.5f)) * F(4.f) - F(1.f);
            const F square = select(x < F(0.f), F(-1.f), F(1.f));
            const F wave = select(shape < F(0.5f), sin_half(x), select(shape < F(1.5f), triangle, square));
            const F dip = depth * (F(0.5f) - F(0.5f) * wave);  // the state is what is missing: at rest all is there
            round[side][0] += (dip - round[side][0]) * nearer;
            round[side][1] += (round[side][0] - round[side][1]) * nearer;
            gain[side] = F(1.f) - round[side][1];
        }
        return {left * gain[0], right * gain[1]};
    }
};

CHRONUS_MODULE(Tremolo)
