// Chorus: three voices a side, each a delay on a slow sine a third of a turn from the next, as in the string
// ensembles of the seventies (J. Dattorro, "Effect design 2: delay-line modulation and chorus", 1997).
#include <chronus/dsp/delay_line.h>
#include <chronus/dsp/sync.h>
using namespace chronus;

struct Chorus {
    static constexpr Spec spec {
        .name    = "chorus",
        .aliases = "ensemble",
        .summary = "Chorus: one voice becomes several, wide and never quite in tune",
        .in      = { audio ("left",  "left side").alias("in"),
                     audio ("right", "right side"),
                     hertz ("rate",  0.5f, 0.01f, 10, "how fast the voices waver").alias("speed"),
                     amount("depth", 0.5f, "how far they waver: at 0 they stand still").smoothed(0.1f),
                     amount("mix",   0.5f, "0 dry, 0.5 as much of both, 1 only the voices")
                         .smoothed(0.03f).alias("amount"),
                     sync_choice("how long a voice wavers, in place of rate: it then stands where the song stands") },
        .out     = { audio ("left",  "left side"),
                     audio ("right", "right side") },
    };

    static constexpr int kVoices = 3;
    static constexpr float kMiddle = 0.011f, kWaver = 0.006f;  // seconds

    DelayLine line[2] {};
    SongCycle cycle {};
    int at = 0;

    void prepare(Arena& arena, double rate) {
        for (DelayLine& side : line) side.prepare(arena, (kMiddle + kWaver) * rate + 2);
    }

    void process(const Block& block) {
        int32_t place[kBlock];
        cycle.run(block.in(2), block.in(5)[0], block.clock, place);
        const Input depth = block.in(3), mixed = block.in(4);
        const float middle = kMiddle * block.clock.rate, waver = kWaver * block.clock.rate;
        for (int side = 0; side < 2; ++side) {
            const Input in = block.in(side);
            for (int i = 0; i < kBlock; ++i) line[side].write(at + i, in[i]);
            float sum[kBlock] = {};
            for (int voice = 0; voice < kVoices; ++voice) {
                // Thirds of a turn from voice to voice, half a third from side to side.
                const IntLanes apart(int32_t(uint32_t(2 * voice + side) * (0xffffffffu / (2 * kVoices))));
                float wave[kBlock];
                for (int i = 0; i < kBlock; i += kLanes)
                    store(wave + i, sin_place<Lanes>(as_int(as_word(load(place + i)) + as_word(apart))));
                for (int i = 0; i < kBlock; ++i)
                    sum[i] += line[side].read(at + i, middle + waver * depth[i] * wave[i]);
            }
            // What is out of step adds up as noise does: the voices, and they and the dry sound.
            for (int i = 0; i < kBlock; ++i) {
                const float wet = mixed[i], dry = 1 - wet;
                block.out(side)[i] = (in[i] * dry + sum[i] * (wet * 0.57735f)) / sqrt(dry * dry + wet * wet);
            }
        }
        at += kBlock;
    }
};

CHRONUS_MODULE(Chorus)
