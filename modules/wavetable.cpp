// Wavetable oscillator: a set of single cycles that the host keeps with 512, 256, … harmonics, so that none reaches
// beyond 28 kHz and what folds back stays above 20 kHz. Between two such versions and between two cycles it passes over
// gradually (J. O. Smith, "Digital Audio Resampling"; cubic after O. Niemitalo, 2001).
#include <chronus/dsp/cycle.h>
#include <chronus/dsp/hermite.h>
using namespace chronus;

struct Wavetable {
    static constexpr Spec spec {
        .name    = "wavetable",
        .aliases = "wt",
        .summary = "Wavetable oscillator: morphs through a set of waves",
        .in      = { hertz    ("freq",  261.6256f, 0.01f, 20000, "pitch"),
                     wavetable("table", "the set of waves, by its name; `sounds` tells what there is").alias("sound file"),
                     amount   ("morph", 0.66f, "which wave of the set: 0 the first, 1 the last").alias("position wave"),
                     amount   ("phase", 0, 0, 1, "added to its place in the cycle: for modulation, in turns").alias("pm"),
                     amount   ("level", 0.8f, "loudness").alias("amp volume gain") },
        .out     = { audio    ("out",   "the wave") },
    };

    Cycle cycle {};

    void process(const Block& block) {
        const chronus_sound& set = block.sound(1, 0);
        const Input freq = block.in(0), morph = block.in(2), shift = block.in(3), level = block.in(4);
        int32_t place[kBlock];
        cycle.run(freq, block.clock, place);
        float* out = block.out(0);
        if (!set.cycles) {
            for (int i = 0; i < kBlock; ++i) out[i] = 0;
            return;
        }
        for (int i = 0; i < kBlock; ++i) {
            const float turn = float(uint32_t(place[i]) >> 8) * (1.f / 16777216.f) + shift[i];
            const float at = turn - floor(turn);
            out[i] = read(set, at < 1.f ? at : 0.f, freq[i], morph[i], block.clock) * level[i];
        }
    }

    static float read(const chronus_sound& set, float at, float freq, float morph, const Clock& clock) {
        // Of versions with 512 / 2^l harmonics, the first whose highest stays below 7/12 of the rate; where it comes near
        // to that, it gives way to the next.
        const float octaves = min(log2(max(freq, 1.f) * clock.step * (512.f * 12 / 7)), float(set.level_count - 1));
        const int first = int(max(-floor(-octaves), 0.f));
        const float nearer = clamp((octaves - float(first) + 0.3f) * (1 / 0.3f), 0.f, 1.f);
        const float fine = at_level(set, uint32_t(first), at, morph);
        if (nearer == 0.f || uint32_t(first + 1) >= set.level_count) return fine;
        return fine + (at_level(set, uint32_t(first + 1), at, morph) - fine) * nearer;
    }

    static float at_level(const chronus_sound& set, uint32_t level, float at, float morph) {
        const float place = morph * float(set.cycles - 1);
        const uint32_t one = min(uint32_t(place), set.cycles - 1), other = min(one + 1, set.cycles - 1);
        const float first = in_cycle(set.levels[level], one, at);
        if (one == other || place == float(one)) return first;
        return first + (in_cycle(set.levels[level], other, at) - first) * (place - float(one));
    }

    static float in_cycle(const chronus_level& level, uint32_t cycle, float at) {
        const float place = at * float(level.frames);
        const uint32_t whole = uint32_t(place);
        const float* wave = level.samples[0] + cycle * (level.frames + 3) + whole;
        return hermite(wave[-1], wave[0], wave[1], wave[2], place - float(whole));
    }
};

CHRONUS_MODULE(Wavetable)
