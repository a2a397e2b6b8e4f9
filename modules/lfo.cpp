// Low-frequency oscillator, at a rate of its own or locked to the transport. Its edges are rounded by 1 ms, so that a
// square or random wave can move a level or a cutoff without clicks.
#include <chronus/dsp/sync.h>
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

struct Lfo {
    static constexpr Spec spec {
        .name    = "lfo",
        .aliases = "modulator",
        .summary = "Slow wave that moves other things: vibrato, tremolo, sweeps",
        .in      = { gate  ("gate",   "a note starts the wave anew; leave it free to let it run"),
                     hertz ("rate",   1, 0.01f, 40, "waves a second").alias("freq speed"),
                     amount("depth",  1, "how far it moves").alias("amount"),
                     choice("shape",  "sine|triangle|saw|square|random|drift",
                            "random: another level each wave; drift: smoothly from one to the next"),
                     amount("offset", 0, -1, 1, "what is added to it"),
                     sync_choice("how long a wave is, in place of rate: it then stands where the song stands"),
                     amount("phase",  0, "where in the wave it is: 0.25 a quarter further").smoothed(0) },
        .out     = { control("out",    "offset - depth to offset + depth"),
                     control("dip",    "0 at the wave's top, -depth at its bottom: tremolo, in a gain") },
    };

    enum Shape { kSine, kTriangle, kSaw, kSquare, kRandom, kDrift };

    SongCycle cycle {};
    float sync = 0;
    uint32_t begun = 0;         // where in the cycle the last note was: its waves are counted from there
    uint32_t last = 0;          // place in the wave
    Random<float> random {};
    float from = 0, level = 0, smooth = 0;

    void process(const Block& block) {
        int32_t place[kBlock];
        if (sync != block.in(5)[0]) begun = 0;
        sync = block.in(5)[0];
        cycle.run(block.in(1), sync, block.clock, place);
        start_anew(block.in(0), block.in(6), place);

        float wave[kBlock];
        const Shape shape = Shape(int(block.in(3)[0] + 0.5f));
        for (int i = 0; i < kBlock; ++i) wave[i] = value(shape, place[i]);
        if (shape >= kRandom) take_levels(shape, place, wave);
        last = uint32_t(place[kBlock - 1]);

        const float nearer = approach(0.0003f, block.clock);
        for (float& frame : wave) frame = smooth += (frame - smooth) * nearer;
        const Input depth = block.in(2), offset = block.in(4);
        for (int i = 0; i < kBlock; ++i) block.out(0)[i] = wave[i] * depth[i] + offset[i];
        for (int i = 0; i < kBlock; ++i) block.out(1)[i] = (wave[i] - 1.f) * 0.5f * depth[i];
    }

    // From a note on, the places are counted from there.
    void start_anew(Input gate, Input phase, int32_t* place) {
        if (gate.signal.onsets) last = ~0u;  // as if it had come round
        for (int i = 0; i < kBlock; ++i) {
            if (gate.onset(i) > 0) begun = uint32_t(place[i]);
            place[i] = int32_t(uint32_t(place[i]) - begun + uint32_t(int64_t(phase[i] * 4294967296.f)));
        }
    }

    static float value(Shape shape, int32_t place) {
        const float x = float(place) * (1.f / 4294967296.f);  // -0.5 to 0.5
        if (shape == kSine) return sin_place<float>(place);
        if (shape == kTriangle) return abs(abs(x - 0.25f) - 0.5f) * 4.f - 1.f;
        if (shape == kSaw) return (x < 0 ? x + 1.f : x) * 2.f - 1.f;
        return x < 0 ? -1.f : 1.f;
    }

    // Another level wherever the cycle comes round.
    void take_levels(Shape shape, const int32_t* place, float* wave) {
        for (int i = 0; i < kBlock; ++i) {
            const uint32_t now = uint32_t(place[i]);
            if (now < last) {
                from = level;
                level = random.bipolar();
            }
            last = now;
            const float x = float(now >> 8) * (1.f / 16777216.f);
            wave[i] = shape == kRandom ? level : mix(from, level, x * x * (3.f - 2.f * x));
        }
    }
};

CHRONUS_MODULE(Lfo)
