// Analog oscillator: saw, pulse and triangle of one phase, and a square below, mixed. All jumps and corners are
// band-limited at their exact places (dsp/blep.h), also those of hard sync (E. Brandt, "Hard sync without aliasing",
// ICMC 2001) and of FM, even backwards: between them there is only the phase itself, which has no treble to fold.
#include <chronus/dsp/analog_wave.h>
using namespace chronus;

struct Vco {
    static constexpr Spec spec {
        .name    = "vco",
        .aliases = "analog oscillator-vco va",
        .summary = "Analog oscillator: saw, pulse, triangle and sub in one, with hard sync and FM, free of aliasing",
        .in      = { hertz ("freq",     440, 0.01f, 20000, "pitch; a cable bends it by octaves, at any speed"),
                     amount("saw",      1, "loudness of the saw: bright and full"),
                     amount("square",   0, "loudness of the pulse").alias("pulse"),
                     amount("triangle", 0, "loudness of the triangle: nearly a sine").alias("tri"),
                     amount("sub",      0, "loudness of a square below"),
                     choice("octave",   "one|two", "how many octaves below the sub is").alias("sub_octave"),
                     amount("width",    0.5f, 0.01f, 0.99f, "share of the cycle that the pulse is high: 0.5 hollow")
                         .alias("pulse_width pw pwm"),
                     amount("ratio",    1, 1, 16, "hard sync: how much faster than its pitch the wave runs; 1 none")
                         .exponential().alias("sync_ratio"),
                     audio ("sync",     "hard sync to another: the wave begins anew where this rises through zero"),
                     audio ("fm",       "bends the pitch by Hz, not by octaves, also backwards: so it stays in tune"),
                     amount("fm_depth", 1, 0, 16, "how far a full `fm` bends, in times of the pitch")
                         .alias("depth index") },
        .out     = { audio ("out",      "the mix: each wave within 1, the pulse within 2 where it is narrow") },
    };

    static constexpr uint64_t kBottom = AnalogFrame::kBottom;

    uint64_t phase = 0;        // of the wave, as a signed number: the saw itself
    uint64_t master = 0;       // of the cycle that begins it anew; the same where there is no ratio
    int64_t last[2] {};        // the last two steps
    uint64_t widths[3] {kBottom, kBottom, kBottom};  // how far the pulse's rise is ahead: the last three
    uint32_t cycles = 0;       // counted for the sub
    uint32_t octave = 0;       // how many more than one the sub is below
    float below = 1;           // the sub: 1 or -1
    Cycle pitch {};            // its step, reckoned when it changes
    RisingEdge edge {};
    float carried[FineStepBlock::kTaps] {};

    // Of a block; what the cubics need of the frames before comes first.
    struct Ways { int64_t wave[2 + kBlock], master[kBlock]; uint64_t width[3 + kBlock]; };
    struct Drawing { int32_t fall[kBlock], rise[kBlock]; float below[kBlock]; };

    void process(const Block& block) {
        const Input ratio = block.in(7), sync = block.in(8);
        FineStepBlock wave(carried);
        Drawing drawing;
        Ways ways;
        octave = block.in(5)[0] > 0.5f;
        const bool unsynced = sync.flat() && edge.rests(sync[0]);
        if (find(block, ways) && unsynced) {
            run_steadily(block, ways, drawing, wave);
        } else {
            for (int i = 0; i < kBlock; ++i) {
                const double edge_age = unsynced ? -1 : edge(sync[i]);
                const bool has_master = ratio[i] > 1;
                if (has_master || edge_age >= 0 || turns(ways, i))
                    go(frame(block, ways, wave, i), has_master ? ways.master[i] : 0, has_master, edge_age);
                else
                    master = phase += uint64_t(ways.wave[i + 1]);
                drawing.fall[i] = int32_t(phase >> 32);
                drawing.rise[i] = int32_t((phase + ways.width[i + 2]) >> 32);
                drawing.below[i] = below;
            }
        }
        for (int k = 0; k < 2; ++k) last[k] = ways.wave[kBlock + k];
        for (int k = 0; k < 3; ++k) widths[k] = ways.width[kBlock + k];
        draw(block, drawing, wave);
        wave.finish(block.out(0), carried);
    }

    // Pitches and widths. Whether they are the same throughout, and nothing of it begins the wave anew.
    bool find(const Block& block, Ways& ways) {
        const Input freq = block.in(0), width = block.in(6), ratio = block.in(7), fm = block.in(9);
        for (int k = 0; k < 2; ++k) ways.wave[k] = last[k];
        for (int k = 0; k < 3; ++k) ways.width[k] = widths[k];
        for (int i = 0; i < kBlock; ++i) ways.width[3 + i] = uint64_t(width[i] * 4294967296.f) << 32;
        if (freq.flat() && ratio.flat() && fm.flat() && fm[0] == 0 && ratio[0] <= 1) {
            const int64_t step = int64_t(pitch.step_of(freq[0], block.clock));
            for (int i = 0; i < kBlock; ++i) ways.wave[2 + i] = step;
            bool same = width.flat() && last[0] == step && last[1] == step;
            for (const uint64_t before : widths) same &= before == ways.width[3];
            return same;
        }
        const bool has_master = !ratio.flat() || ratio[0] > 1;
        const Lanes most(0.49f * block.clock.rate);
        const auto put = [&](int64_t* to, Lanes hertz) {
            const Phase<Lanes> step = chronus::turns(clamp(hertz, -most, most), block.clock);
            for (int l = 0; l < kLanes; ++l) to[l] = int64_t(uint64_t(step.high.v[l]) << 32 | step.low.v[l]);
        };
        for (int i = 0; i < kBlock; i += kLanes) {
            const Lanes hertz = values(freq, i), bent = values(fm, i) * values(block.in(10), i);
            if (has_master) put(ways.master + i, hertz);
            put(ways.wave + 2 + i, hertz * (values(ratio, i) + bent));
        }
        return false;
    }
    static Lanes values(const Input& in, int i) { return in.flat() ? Lanes(in[0]) : load(in.signal.samples + i); }

    static AnalogFrame frame(const Block& block, const Ways& ways, FineStepBlock& wave, int i) {
        const int64_t* step = ways.wave + i;
        const uint64_t* width = ways.width + i;
        const auto rise = [&](int k) { return int64_t(uint64_t(step[k]) + width[k + 1] - width[k]); };
        const AnalogLevels level{block.in(1)[i], block.in(2)[i], block.in(3)[i], block.in(4)[i]};
        return {wave, i, {step[0], step[1], step[2]}, {rise(0), rise(1), rise(2)}, width[1], width[2] - width[1],
                level};
    }

    // Whether anything would turn in a frame.
    bool turns(const Ways& ways, int i) const {
        const uint64_t step = uint64_t(ways.wave[i + 1]), next = phase + step, width = ways.width[i + 2];
        return passes(next ^ kBottom, step) | passes(next, step) |
               passes((next + width) ^ kBottom, step + width - ways.width[i + 1]);
    }

    // From one turn to the next.
    void run_steadily(const Block& block, const Ways& ways, Drawing& drawing, FineStepBlock& wave) {
        const uint64_t step = uint64_t(ways.wave[0]), width = ways.width[0];
        const auto at = [&](int i) { return frame(block, ways, wave, i); };
        for (float& b : drawing.below) b = below;
        each_wrap(phase, step, [&](int i, float age) {
            at(i).at_bottom(age, 2);
            count(at(i), age);
            for (int k = i; k < kBlock; ++k) drawing.below[k] = below;
        });
        if (!silent(block.in(3))) each_wrap(phase ^ kBottom, step, [&](int i, float age) { at(i).at_top(age); });
        if (!silent(block.in(2)))
            each_wrap(phase + width, step, [&](int i, float age) { at(i).at_rise(age, 2); });
        places(phase + step, step, drawing.fall);
        places(phase + width + step, step, drawing.rise);
        master = phase += kBlock * step;
    }
    static bool silent(const Input& level) { return level.flat() && level[0] == 0; }

    // One frame, in stretches from one beginning of the wave to the next.
    void go(const AnalogFrame& now, int64_t master_step, bool has_master, double edge_age) {
        double left = 1;  // of the frame
        master = has_master ? master + uint64_t(master_step) : phase;
        const uint64_t beyond = master ^ kBottom;
        const bool wraps = has_master && beyond < uint64_t(master_step);
        const double wrap_age = wraps ? double(beyond) / double(master_step) : -1;
        if (wraps && wrap_age >= edge_age) left = restart(now, left, wrap_age, has_master);
        if (edge_age >= 0) {
            left = restart(now, left, edge_age, has_master);
            master = kBottom + uint64_t(double(master_step) * edge_age);
        }
        stretch(now, left, 0, has_master);
        if (!has_master) master = phase;
    }

    double restart(const AnalogFrame& now, double left, double age, bool has_master) {
        stretch(now, left, age, has_master);
        now.restart(age, phase, phase + now.width + part(now.widening, 1 - age));
        phase = kBottom;
        count(now, age);
        return age;
    }

    // On with the phase, from one age to a lesser one, past whatever turns there.
    void stretch(const AnalogFrame& now, double from, double to, bool has_master) {
        const bool whole = from == 1 && to == 0;
        const uint64_t way = whole ? uint64_t(now.step.step) : part(uint64_t(now.step.step), from - to);
        const uint64_t widened = whole ? now.widening : part(now.widening, 1 - to);
        const uint64_t rise_way = way + (whole ? widened : widened - part(now.widening, 1 - from));
        phase += way;
        // The age at which a phase came past its mark on that way, below 0 if it did not.
        const auto passed = [&](uint64_t beyond, uint64_t way, const PhaseStep& step) {
            if (!passes(beyond, way)) return -1.0;
            const bool forwards = int64_t(way) >= 0;
            const uint64_t gone = forwards ? beyond : ~beyond, all = forwards ? way : -way;
            const double age = to + (from - to) * (double(gone) / double(all));
            return whole ? step.age(age) : age;
        };
        const auto up_and_down = [](uint64_t way) { return int64_t(way) >= 0 ? 2.f : -2.f; };
        if (const double age = passed(phase ^ kBottom, way, now.step); age >= 0) {
            now.at_bottom(age, up_and_down(way));
            if (!has_master) count(now, age);
        }
        if (const double age = passed(phase, way, now.step); age >= 0) now.at_top(age);
        const uint64_t rise = phase + now.width + widened;
        if (const double age = passed(rise ^ kBottom, rise_way, now.rise); age >= 0)
            now.at_rise(age, up_and_down(rise_way));
    }
    static uint64_t part(uint64_t step, double share) { return uint64_t(int64_t(double(int64_t(step)) * share)); }

    // One more cycle: the sub turns over at each, or at every other.
    void count(const AnalogFrame& now, double age) {
        const float next = ++cycles >> octave & 1 ? -1.f : 1.f;
        if (next != below && now.level.sub > 0) now.wave.jump(now.i, float(age), now.level.sub * (next - below));
        below = next;
    }

    static void draw(const Block& block, const Drawing& drawing, FineStepBlock& wave) {
        const Lanes scale(1 / 2147483648.f);
        for (int i = 0; i < kBlock; i += kLanes) {
            const Lanes fall = to_float(load(drawing.fall + i)) * scale;
            const Lanes rise = to_float(load(drawing.rise + i)) * scale;
            const Lanes square = values(block.in(2), i), sub = load(drawing.below + i) * values(block.in(4), i);
            const Lanes triangle = (Lanes(1.f) - Lanes(2.f) * chronus::abs(fall)) * values(block.in(3), i);
            float* naive = &wave.naive(i);
            store(naive, load(naive) + values(block.in(1), i) * fall + square * (fall - rise) + triangle + sub);
        }
    }
};

CHRONUS_MODULE(Vco)
