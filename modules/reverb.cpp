// A room: sixteen delay lines that feed each other through a Hadamard matrix (J.-M. Jot and A. Chaigne, 1991), behind
// four allpasses a side (J. Dattorro, 1997) for density from the start. Each line is damped so that all die away alike;
// half of them wander by a few frames, so that no pitch of the room rings on.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

// One line of 2^k frames.
struct Line {
    float* frames = nullptr;
    int mask = 0, length = 0;

    void prepare(Arena& arena, int frames_long, int margin) {
        int size = 64;
        while (size < frames_long + margin) size *= 2;
        frames = arena.floats(size);
        mask = size - 1;
        length = frames_long;
    }
};

struct Reverb {
    static constexpr Spec spec {
        .name    = "reverb",
        .aliases = "room hall",
        .summary = "Room from closet to cathedral",
        .in      = { audio ("left",  "left side").alias("in"),
                     audio ("right", "right side"),
                     amount("mix",   0.3f, "0 dry, 1 only the room").alias("amount"),
                     amount("room",  0.5f, "size: it sounds on for 0.3 s at 0, 1.5 s in the middle, 8 s at 1")
                         .smoothed(0.1f).alias("size"),
                     amount("damp",  0.5f, "0 tiles, 1 curtains: how much sooner the treble dies").smoothed(0.1f) },
        .out     = { audio ("left",  "left side"),
                     audio ("right", "right side") },
    };

    static constexpr int kLines = 16, kAllpasses = 4;
    // Primes, 13 to 50 ms at 48 kHz, each longer by a ninth: no two share an echo for a while.
    static constexpr int kLengths[kLines] = {641, 701, 769, 839, 919, 1009, 1103, 1201, 1319, 1439, 1571, 1721, 1877, 2053,
                                             2243, 2441};
    static constexpr int kSpread[2][kAllpasses] = {{113, 163, 353, 541}, {127, 179, 379, 571}};
    static constexpr float kWander = 9;  // frames to either side

    Line line[kLines] {}, allpass[2][kAllpasses] {};
    float damped[kLines] {};  // the low-pass in each line
    OnePole<float> rumble[2] {};
    uint32_t wander = 0;
    int at = 0;

    void prepare(Arena& arena, double rate) {
        const double scale = rate / 48000;
        for (int l = 0; l < kLines; ++l) line[l].prepare(arena, int(kLengths[l] * scale + 0.5), 2 * kBlock + 32);
        for (int side = 0; side < 2; ++side)
            for (int a = 0; a < kAllpasses; ++a)
                allpass[side][a].prepare(arena, at_least_a_block(int(kSpread[side][a] * scale + 0.5)), 2 * kBlock);
    }

    void process(const Block& block) {
        const Clock& clock = block.clock;
        float in[2][kBlock], x[kLines][kBlock];
        for (int side = 0; side < 2; ++side) {
            const float cut = one_pole(30.f, clock);  // what lies below only fills the room
            for (int i = 0; i < kBlock; ++i) in[side][i] = rumble[side].high(block.in(side)[i], cut);
            for (Line& a : allpass[side]) spread(a, in[side]);
        }

        const float seconds = 0.3f * exp2(block.in(3)[0] * 4.7370f);  // 0.3 s to 8 s
        const float treble = seconds * (1 - 0.9f * block.in(4)[0]);
        read_lines(x, clock);
        damp(x, seconds, treble, clock);

        float sum[2][kBlock] = {};
        for (int l = 0; l < kLines; ++l)
            for (int i = 0; i < kBlock; ++i) sum[l & 1][i] += (l & 2 ? -x[l][i] : x[l][i]);

        hadamard(x);
        // As loud in a large room as in a small one, about: the longer it sounds, the less goes in.
        const float level = 0.55f / sqrt(0.4f + seconds);
        for (int l = 0; l < kLines; ++l) {
            const float gain = l & 4 ? -level : level;
            for (int i = 0; i < kBlock; ++i)
                line[l].frames[(at + i) & line[l].mask] = 0.25f * x[l][i] + gain * in[l & 1][i];
        }

        const Input mix = block.in(2);
        for (int side = 0; side < 2; ++side)
            for (int i = 0; i < kBlock; ++i)
                block.out(side)[i] = block.in(side)[i] * (1 - mix[i]) + sum[side][i] * mix[i];
        at += kBlock;
    }

    static int at_least_a_block(int frames) { return frames < kBlock ? kBlock : frames; }

    // Schroeder's allpass. Longer than a block, so that a block can be read before it is written.
    void spread(Line& line, float* signal) const {
        for (int i = 0; i < kBlock; ++i) {
            const float before = line.frames[(at + i - line.length) & line.mask];
            const float in = signal[i] - 0.6f * before;
            line.frames[(at + i) & line.mask] = in;
            signal[i] = before + 0.6f * in;
        }
    }

    // Odd lines wander on a sine of a third of a hertz, each at a phase of its own; a straight line over the block.
    void read_lines(float (*x)[kBlock], const Clock& clock) {
        const uint32_t next = wander + uint32_t(0.37f * clock.step * kBlock * 4294967296.f);
        for (int l = 0; l < kLines; ++l) {
            const Line& from = line[l];
            if (l & 1) {
                const float a = shift(wander, l), slope = (shift(next, l) - a) * (1.f / kBlock);
                for (int i = 0; i < kBlock; ++i) {
                    const float back = kWander + a + slope * float(i);  // 0 to 2 kWander
                    const int whole = int(back);
                    x[l][i] = between(from, at + i - from.length - whole, back - float(whole));
                }
            } else {
                for (int i = 0; i < kBlock; ++i) x[l][i] = from.frames[(at + i - from.length) & from.mask];
            }
        }
        wander = next;
    }
    static float shift(uint32_t turn, int l) {
        return kWander * sin_half(float(int32_t(turn + uint32_t(l) * 0x9E3779B9u)) * (1 / 4294967296.f));
    }
    // Between frames k and k - 1: 4-point Hermite.
    static float between(const Line& line, int k, float t) {
        const auto frame = [&](int j) { return line.frames[j & line.mask]; };
        const float a = frame(k + 1), b = frame(k), c = frame(k - 1), d = frame(k - 2);
        const float c1 = 0.5f * (c - a), c2 = a - 2.5f * b + 2 * c - 0.5f * d, c3 = 0.5f * (d - a) + 1.5f * (b - c);
        return ((c3 * t + c2) * t + c1) * t + b;
    }

    // Jot's: each line loses 60 dB in `seconds` at the bottom and in `treble` at the top, by one pole.
    void damp(float (*x)[kBlock], float seconds, float treble, const Clock& clock) {
        float gain[kLines], pole[kLines];
        for (int l = 0; l < kLines; ++l) {
            const float turns = float(line[l].length) * clock.step * -9.96578428f;
            const float bottom = exp2(turns / seconds), top = exp2(turns / treble);
            pole[l] = (bottom - top) / (bottom + top);
            gain[l] = bottom * (1 - pole[l]);
        }
        for (int i = 0; i < kBlock; ++i)
            for (int l = 0; l < kLines; ++l) x[l][i] = damped[l] = gain[l] * x[l][i] + pole[l] * damped[l];
    }

    // Without its factor of a quarter.
    static void hadamard(float (*x)[kBlock]) {
        for (int span = 1; span < kLines; span *= 2)
            for (int l = 0; l < kLines; ++l) {
                if (l & span) continue;
                float *a = x[l], *b = x[l + span];
                for (int i = 0; i < kBlock; ++i) {
                    const float sum = a[i] + b[i];
                    b[i] = a[i] - b[i];
                    a[i] = sum;
                }
            }
    }
};

CHRONUS_MODULE(Reverb)
