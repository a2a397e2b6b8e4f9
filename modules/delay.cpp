// Stereo echo. A changed time is crossfaded to, a moving one followed as a tape follows its motor; repeats
// pass a low and a high cut and a soft ceiling, so that no feedback runs away.
#include <chronus/dsp/delay_line.h>
#include <chronus/dsp/hermite.h>
#include <chronus/dsp/sync.h>
#include <chronus/dsp/tpt.h>
using namespace chronus;

struct Delay {
    static constexpr int kLongest = 4;  // seconds

    static constexpr Spec spec {
        .name    = "delay",
        .aliases = "echo",
        .summary = "Stereo echo with filtered repeats",
        .in      = { audio  ("left",     "left side").alias("in"),
                     audio  ("right",    "right side"),
                     seconds("time",     0.25f, 0.001f, kLongest, "from repeat to repeat").smoothed(0),
                     amount ("feedback", 0.4f, 0, 0.98f, "how much of each repeat is repeated"),
                     amount ("mix",      0.3f, "0 dry, 1 only repeats").alias("amount"),
                     hertz  ("lowcut",   100, 20, 1000, "repeats lose what lies below"),
                     hertz  ("highcut",  5000, 1000, 18000, "repeats lose what lies above"),
                     sync_choice("from repeat to repeat, in place of time; halved until it fits into 4 s") },
        .out     = { audio  ("left",     "left side"),
                     audio  ("right",    "right side") },
    };

    float* line[2] {};  // the last 2^k frames of each side
    int mask = 0, at = 0;
    float now = 0, next = 0;   // delays in frames: what is read, and what is faded to
    float fade = 0;            // from 1 to 0 while it fades
    OnePole<float> low[2] {}, high[2] {};

    void prepare(Arena& arena, double rate) {
        int length = 256;
        while (length < rate * kLongest + 2 * kBlock) length *= 2;
        for (float*& side : line) side = arena.floats(length);
        mask = length - 1;
    }

    void process(const Block& block) {
        const Clock& clock = block.clock;
        const Input in[2] = {block.in(0), block.in(1)};
        const Input time = block.in(2), feedback = block.in(3), mixed = block.in(4);
        const float cut_low = one_pole(block.in(5)[0], clock), cut_high = one_pole(block.in(6)[0], clock);
        const float fade_step = clock.step / 0.03f;
        double beats = sync_seconds(block.in(7)[0], clock);
        while (beats > kLongest) beats /= 2;
        const float synced = float(beats);
        for (int i = 0; i < kBlock; ++i, at = (at + 1) & mask) {
            follow(clamp((synced > 0 ? synced : time[i]) * clock.rate, 4.f, float(mask - kBlock)), clock);
            const float m = mixed[i];
            for (int side = 0; side < 2; ++side) {
                float echo = read(line[side], now);
                if (fade > 0) echo += (read(line[side], next) - echo) * rounded(1 - fade);
                echo = high[side].low(low[side].high(echo, cut_low), cut_high);
                line[side][at] = in[side][i] + soft_ceiling(echo * feedback[i]);
                block.out(side)[i] = in[side][i] * (1 - m) + echo * m;
            }
            if (fade > 0 && (fade -= fade_step) <= 0) now = next;
        }
    }

    // A far target is faded to; a near one drawn near, bending the pitch by a quarter at most. At rest on
    // whole frames.
    void follow(float target, const Clock& clock) {
        if (fade > 0) return;
        if (now == 0) now = float(int(target + 0.5f));
        const float way = target - now;
        if (abs(way) > 0.02f * clock.rate) {
            next = float(int(target + 0.5f));
            fade = 1;
        } else if (abs(way) > 1) {
            now += clamp(way * (200 * clock.step), -0.25f, 0.25f);
        } else {
            const float whole = float(int(now + 0.5f));
            now += clamp(whole - now, -0.01f, 0.01f);
        }
    }

    // `delay` frames before the frame that is about to be written.
    float read(const float* side, float delay) const {
        const int whole = int(delay);
        const auto frame = [&](int back) { return side[(at - whole - back) & mask]; };
        const float t = delay - float(whole);
        return t == 0 ? frame(0) : hermite(frame(-1), frame(0), frame(1), frame(2), t);
    }

    static float rounded(float x) { return x * x * (3 - 2 * x); }
};

CHRONUS_MODULE(Delay)
