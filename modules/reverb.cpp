// A room: sixteen delay lines that feed each other through a Hadamard matrix (J.-M. Jot and A. Chaigne,
// 1991), behind five allpasses a side (J. Dattorro, 1997) for density from the start. Each line is damped so
// that all die away alike; each wanders by half a millisecond at its own pace, so that no pitch of the room rings on.
#include <chronus/dsp/hermite.h>
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

// One delay line in a ring of whole blocks, so that what is written never wraps within a block.
struct Line {
    float* ring = nullptr;
    int mask = 0, length = 0;

    void prepare(Arena& arena, double frames, int margin) {
        length = frames < kBlock ? kBlock : int(frames + 0.5);
        int size = kBlock;
        while (size < length + margin) size *= 2;
        ring = arena.floats(size);
        mask = size - 1;
    }
    float* write(int at) const { return ring + (at & mask); }
    void read(int at, float* to, int count) const {
        const int first = at & mask, straight = first + count <= mask + 1 ? count : mask + 1 - first;
        __builtin_memcpy(to, ring + first, sizeof(float) * straight);
        __builtin_memcpy(to + straight, ring, sizeof(float) * (count - straight));
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
                     amount("damp",  0.5f, "0 tiles, 1 curtains: how much sooner the treble dies")
                         .smoothed(0.1f) },
        .out     = { audio ("left",  "left side"),
                     audio ("right", "right side") },
    };

    static constexpr int kLines = 16, kAllpasses = 5;
    // Primes, each longer by an eighth than the last: dense early, and no two share an echo for a while. At
    // 48 kHz.
    static constexpr int kLengths[kLines] = {401,  457,  521,  587,  673,  761,  863,  983,
                                             1117, 1277, 1451, 1637, 1867, 2113, 2399, 2729};
    static constexpr int kSpread[2][kAllpasses] = {{79, 113, 211, 353, 467}, {89, 127, 229, 373, 499}};
    static constexpr float kWander = 24;         // frames to either side
    static constexpr float kWanderRate = 0.15f;  // Hz, of which each line takes four to nine times as much

    Line line[kLines] {}, allpass[2][kAllpasses] {};
    float damped[kLines] {};  // the low-pass in each line
    OnePole<float> rumble[2] {};
    uint32_t wander = 0;  // in turns of 2^32
    int at = 0;

    void prepare(Arena& arena, double rate) {
        for (int l = 0; l < kLines; ++l) line[l].prepare(arena, kLengths[l] * rate / 48000, 2 * kBlock + 32);
        for (int side = 0; side < 2; ++side)
            for (int a = 0; a < kAllpasses; ++a)
                allpass[side][a].prepare(arena, kSpread[side][a] * rate / 48000, kBlock);
    }

    void process(const Block& block) {
        const Clock& clock = block.clock;
        float in[2][kBlock], x[kLines][kBlock], sum[2][kBlock] = {};
        for (int side = 0; side < 2; ++side) {
            const float cut = one_pole(30.f, clock);  // what lies below would only fill the room
            for (int i = 0; i < kBlock; ++i) in[side][i] = rumble[side].high(block.in(side)[i], cut);
            for (const Line& a : allpass[side]) spread(a, in[side]);
        }

        const float seconds = 0.3f * exp2(block.in(3)[0] * 4.7370f);  // 0.3 s to 8 s
        const float treble = seconds * (1 - 0.9f * block.in(4)[0]);
        const uint32_t wandered = wander + uint32_t(kWanderRate * clock.step * kBlock * 4294967296.f);
        for (int l = 0; l < kLines; ++l) read(line[l], place(wander, l), place(wandered, l), x[l]);
        wander = wandered;
        damp(x, seconds, treble, clock);
        for (int l = 0; l < kLines; ++l)
            for (int i = 0; i < kBlock; ++i) sum[l & 1][i] += l & 2 ? -x[l][i] : x[l][i];

        hadamard(x);
        // About as loud in a large room as in a small one: the longer it sounds, the less goes in.
        const float level = 0.36f / sqrt(0.1f + seconds);
        for (int l = 0; l < kLines; ++l) {
            const float gain = l & 4 ? -level : level;
            float* to = line[l].write(at);
            for (int i = 0; i < kBlock; ++i) to[i] = 0.25f * x[l][i] + gain * in[l & 1][i];
        }
        at += kBlock;

        const Input mix = block.in(2);
        for (int side = 0; side < 2; ++side)
            for (int i = 0; i < kBlock; ++i)
                block.out(side)[i] = block.in(side)[i] * (1 - mix[i]) + sum[side][i] * mix[i];
    }

    // Schroeder's allpass, no shorter than a block: so all of a block can be read before any of it is
    // written.
    void spread(const Line& line, float* signal) const {
        float before[kBlock];
        line.read(at - line.length, before, kBlock);
        float* to = line.write(at);
        for (int i = 0; i < kBlock; ++i) {
            to[i] = signal[i] - 0.7f * before[i];
            signal[i] = before[i] + 0.7f * to[i];
        }
    }

    // Where a line is read, in frames beyond its length: each wanders on a slow sine of its own.
    static float place(uint32_t turn, int l) {
        const uint32_t own = turn * uint32_t(4 + l % 6) + uint32_t(l) * 0x9E3779B9u;
        return kWander + kWander * sin_half(float(int32_t(own)) * (1 / 4294967296.f));
    }

    // Reads along a straight line from one place to the other, by 4-point Hermite interpolation (O.
    // Niemitalo, 2001).
    void read(const Line& line, float from, float to, float* x) const {
        const float slope = (to - from) * (1.f / kBlock);
        for (int i = 0; i < kBlock;) {
            // As far as the same frames are read: the block, or up to where the place passes a whole number.
            const int whole = int(from + slope * float(i));
            int end = kBlock;
            if (int(from + slope * float(kBlock - 1)) != whole)
                for (end = i + 1; int(from + slope * float(end)) == whole;) ++end;
            float frames[kBlock + 3];
            line.read(at + i - line.length - whole - 2, frames, end - i + 3);
            for (int k = i; k < end; ++k) {
                const float t = from + slope * float(k) - float(whole), *f = frames + (k - i);
                x[k] = hermite(f[3], f[2], f[1], f[0], t);
            }
            i = end;
        }
    }

    // Jot's: each line loses 60 dB in `seconds` at the bottom and in `treble` at 6 kHz, by one pole.
    void damp(float (*x)[kBlock], float seconds, float treble, const Clock& clock) {
        float gain[kLines], pole[kLines];
        const float cosine = cos_turns(6000 * clock.step);
        for (int l = 0; l < kLines; ++l) {
            const float turns = (float(line[l].length) + kWander) * clock.step * -9.96578428f;
            const float bottom = exp2(turns / seconds), ratio = exp2(2 * turns * (1 / treble - 1 / seconds));
            // The pole for which the power at 6 kHz is `ratio` of that at 0.
            const float r = clamp(ratio, 0.001f, 0.9999f), half = 1 - r * cosine;
            pole[l] = (half - sqrt(half * half - (1 - r) * (1 - r))) / (1 - r);
            gain[l] = bottom * (1 - pole[l]);
        }
        constexpr int kAbreast = 4;  // as one recursion waits for itself, four at once take no longer
        for (int first = 0; first < kLines; first += kAbreast) {
            float y[kAbreast];
            for (int k = 0; k < kAbreast; ++k) y[k] = damped[first + k];
            for (int i = 0; i < kBlock; ++i)
                for (int k = 0; k < kAbreast; ++k) {
                    const int l = first + k;
                    x[l][i] = y[k] = gain[l] * x[l][i] + pole[l] * y[k];
                }
            for (int k = 0; k < kAbreast; ++k) damped[first + k] = y[k];
        }
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
