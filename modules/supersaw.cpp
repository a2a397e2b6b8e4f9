// Seven saws side by side, out of tune by the JP-8000's measures (A. Szabo, "How to emulate the Super Saw", 2010), each
// from band-limited steps (dsp/blep.h). Three stand on either side and one in the middle: so only three blocks of
// steps are drawn, however wide it is.
#include <chronus/dsp/blep.h>
using namespace chronus;

struct Supersaw {
    static constexpr Spec spec {
        .name    = "supersaw",
        .aliases = "hypersaw unison",
        .summary = "Seven saws out of tune with each other: wide and swarming, as loud at every setting",
        .in      = { gate  ("restart", "a note draws new phases; leave it free to let them run").alias("gate"),
                     hertz ("freq",   440, 0.01f, 20000, "pitch of the saw in the middle"),
                     amount("detune", 0.4f, "how far the others are out of tune: 0.4 swarms, 1 clashes"),
                     amount("mix",    0.7f, "0 the middle saw alone, 1 the others in front"),
                     amount("spread", 0.8f, "how wide it is: 0 mono, 1 three saws on either side").alias("width") },
        .out     = { audio ("left",   "left side"),
                     audio ("right",  "right side") },
    };

    static constexpr int kVoices = 7;
    static constexpr float kOffset[kVoices] = {0, -0.11002313f, -0.06288439f, -0.01952356f, 0.01991221f, 0.06216538f,
                                               0.10745242f};  // of the pitch, at full detune
    static constexpr int kSide[kVoices] = {0, 1, 2, 1, 2, 1, 2};  // middle, left, right: by turns from low to high

    uint64_t phase[kVoices] {};
    Random<float> random {};
    float carried[3][FineStepBlock::kTaps] {};
    float level = -1;  // below 0: nothing has sounded yet

    struct Gains { float middle, sides, near, far; };  // of the saws, and of the sides at either ear

    void process(const Block& block) {
        const Input freq = block.in(1), detune = block.in(2);
        if (level < 0) scatter();
        FineStepBlock wave[3] = {FineStepBlock(carried[0]), FineStepBlock(carried[1]), FineStepBlock(carried[2])};
        const Input restart = block.in(0);
        if (freq.flat() && detune.flat() && !restart.signal.onsets)
            for (int v = 0; v < kVoices; ++v)
                add_saw(wave[kSide[v]], phase[v], turns64(freq[0] * factor(v, detune[0]), block.clock), 1);
        else
            move(block, wave);
        float side[3][kBlock];
        for (int k = 0; k < 3; ++k) wave[k].finish(side[k], carried[k]);
        join(block, side);
    }

    static float factor(int voice, float detune) { return 1 + kOffset[voice] * detune * detune; }

    void scatter() {
        for (uint64_t& p : phase) p = uint64_t(random.bits()) << 32;
    }

    // Where something moves, or a note begins.
    void move(const Block& block, FineStepBlock* wave) {
        const Input restart = block.in(0), freq = block.in(1), detune = block.in(2);
        uint64_t steps[kVoices][kBlock];
        for (int v = 0; v < kVoices; ++v) {
            for (int i = 0; i < kBlock; ++i) steps[v][i] = turns64(freq[i] * factor(v, detune[i]), block.clock);
        }
        for (int begin = 0, end; begin < kBlock; begin = end) {
            for (end = begin + 1; end < kBlock && restart.onset(end) <= 0;) ++end;
            if (restart.onset(begin) > 0) anew(wave, begin, max(restart.onset(begin) - 0.5f, 0.f));
            for (int v = 0; v < kVoices; ++v) add_saw(wave[kSide[v]], phase[v], steps[v], 1, begin, end);
        }
    }

    void anew(FineStepBlock* wave, int i, float age) {
        uint64_t before[kVoices];
        for (int v = 0; v < kVoices; ++v) before[v] = phase[v];
        scatter();
        const auto height = [](uint64_t phase) { return float(int32_t(phase >> 32)) * (1 / 2147483648.f); };
        for (int v = 0; v < kVoices; ++v)
            wave[kSide[v]].jump(i, age, height(phase[v]) - height(before[v]));
    }

    static Gains gains(const Block& block, int i) {
        const float mixed = block.in(3)[i], spread = block.in(4)[i];
        return {1 - 0.55f * mixed, mixed * (1.284f - 0.738f * mixed), sqrt(0.5f + 0.5f * spread),
                sqrt(0.5f - 0.5f * spread)};
    }

    // What the seven add up to depends on their phases while they stand still, and no more where they beat: the
    // power of a sum of saws in closed form, each pair counting as far as it beats slower than every two seconds.
    float as_loud_as_ever(const Block& block) const {
        constexpr int kLast = kBlock - 1;
        const Gains l = gains(block, kLast);
        const float squares = l.sides * l.sides, apart = squares * 2 * l.near * l.far;
        const float to_middle = l.sides * l.middle * (l.near + l.far) * 0.70710678f;
        const float beat = 2 * block.in(1)[kLast] * block.in(2)[kLast] * block.in(2)[kLast];
        float power = 6 * squares + l.middle * l.middle;
        const float incoherent = power;
        for (int a = 0; a < kVoices; ++a)
            for (int b = a + 1; b < kVoices; ++b) {
                const float d = float((phase[a] - phase[b]) >> 40) * (1 / 16777216.f);
                const float beats = (kOffset[a] - kOffset[b]) * beat;
                const float alike = (1 - 6 * d * (1 - d)) / (1 + beats * beats);
                power += 2 * alike * (a == 0 ? to_middle : kSide[a] == kSide[b] ? squares : apart);
            }
        return 0.7f * sqrt(2 / max(power, 0.05f * incoherent));
    }

    void join(const Block& block, const float (*side)[kBlock]) {
        const float wanted = as_loud_as_ever(block), begin = level < 0 ? wanted : level;
        const bool flat = block.in(3).flat() && block.in(4).flat();
        Gains g = gains(block, 0);
        for (int i = 0; i < kBlock; ++i) {
            if (!flat) g = gains(block, i);
            const float all = begin + (wanted - begin) * (float(i + 1) * (1.f / kBlock));
            const float middle = side[0][i] * g.middle * 0.70710678f, near = g.near * g.sides, far = g.far * g.sides;
            block.out(0)[i] = all * (middle + near * side[1][i] + far * side[2][i]);
            block.out(1)[i] = all * (middle + far * side[1][i] + near * side[2][i]);
        }
        level = wanted;
    }
};

CHRONUS_MODULE(Supersaw)
