// Flanger: a delay of a few milliseconds, swept by a sine in octaves and fed back (J. Dattorro, "Effect design 2:
// delay-line modulation and chorus", 1997). The right side is swept a quarter of a turn later.
#include <chronus/dsp/delay_line.h>
#include <chronus/dsp/sync.h>
#include <chronus/dsp/tpt.h>
using namespace chronus;

struct Flanger {
    static constexpr Spec spec {
        .name    = "flanger",
        .aliases = "flange",
        .summary = "Flanger: a comb that sweeps, from a whisper to a jet",
        .in      = { audio  ("left",     "left side").alias("in"),
                     audio  ("right",    "right side"),
                     hertz  ("rate",     0.2f, 0.01f, 10, "how fast it sweeps").smoothed(0.05f).alias("speed"),
                     amount ("depth",    0.7f, "how far: at 1 two octaves to either side").smoothed(0.2f),
                     seconds("delay",    0.002f, 0.0005f, 0.01f, "the middle of the sweep; shorter is higher")
                         .exponential().alias("time manual"),
                     amount ("feedback", 0.5f, -0.95f, 0.95f, "how sharp; below 0 hollow").alias("resonance res"),
                     amount ("mix",      0.5f, "0 dry, 0.5 deepest, 1 only the delay")
                         .smoothed(0.03f).alias("amount"),
                     sync_choice("how long a sweep is, in place of rate: it then stands where the song stands") },
        .out     = { audio  ("left",     "left side"),
                     audio  ("right",    "right side") },
    };

    DelayLine line[2] {};
    SongCycle cycle {};
    int at = 0;
    float nearing = 0, middle = 0;  // the delay, on its way in two stages, so that a jump of it is a slide

    void prepare(Arena& arena, double rate) {
        for (DelayLine& side : line) side.prepare(arena, 0.04 * rate + 2);
    }

    void process(const Block& block) {
        const Clock& clock = block.clock;
        int32_t place[kBlock];
        cycle.run(block.in(2), block.in(7)[0], clock, place);
        const Input depth = block.in(3), time = block.in(4), feedback = block.in(5), mixed = block.in(6);

        float slid[kBlock];
        if (middle == 0) nearing = middle = time[0];
        const float nearer = approach(0.06f, clock);
        for (int i = 0; i < kBlock; ++i) {
            nearing += (time[i] - nearing) * nearer;
            slid[i] = middle += (nearing - middle) * nearer;
        }
        for (int side = 0; side < 2; ++side) {
            float sweep[kBlock];
            for (int i = 0; i < kBlock; ++i) sweep[i] = depth[i];
            const WordLanes later(side * 0x40000000u);
            for (int i = 0; i < kBlock; i += kLanes) {
                const Lanes wave = sin_place<Lanes>(as_int(as_word(load(place + i)) + later));
                store(sweep + i, load(slid + i) * clock.rate * exp2(wave * load(sweep + i) * 2.f));
            }
            const Input in = block.in(side);
            for (int i = 0; i < kBlock; ++i) {
                const float echo = line[side].read(at + i, max(sweep[i], float(DelayLine::kLeast)));
                line[side].write(at + i, in[i] + soft_ceiling(echo * feedback[i]));
                block.out(side)[i] = mix(in[i], echo, mixed[i]);
            }
        }
        at += kBlock;
    }
};

CHRONUS_MODULE(Flanger)
