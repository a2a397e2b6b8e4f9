// Channel vocoder (H. Dudley, "The vocoder", 1939): sixteen bands of a voice set the loudness of the same bands of
// another sound. A band is four equal band-passes in a row, 24 dB an octave to either side, by trapezoidal integration
// (A. Simper, 2013); the signs of the bands alternate, as next to each other they would cancel between their centres.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

// Bands side by side: one pack of them.
struct BandPack {
    static constexpr int kStages = 4;
    static constexpr float kDamping = 0.541f;  // 4.5 dB down half-way to the next band

    Lanes charge[kStages][2] {};

    // For g as prewarped() gives it.
    Lanes operator()(Lanes x, Lanes g, Lanes share) {
        for (auto& [first, second] : charge) {
            const Lanes band = (first + g * (x - second)) * share, low = second + g * band;
            first = 2.f * band - first;
            second = 2.f * low - second;
            x = band * kDamping;
        }
        return x;
    }
};

struct Vocoder {
    static constexpr Spec spec {
        .name    = "vocoder",
        .summary = "Vocoder: a saw, a chord or a choir speaks with the voice that comes in",
        .in      = { audio  ("in",       "the voice").alias("voice modulator"),
                     audio  ("carrier",  "what is to speak: bright and steady, such as a saw").alias("synth"),
                     seconds("attack",   0.005f, 0.001f, 0.2f, "how soon it opens; shorter is clearer").exponential(),
                     seconds("release",  0.04f, 0.005f, 2, "how soon it closes; longer smears the words").exponential(),
                     amount ("shift",    0, -1, 1, "the throat in octaves: -1 a giant, 0.25 a woman, 1 a mouse")
                         .alias("formant"),
                     amount ("unvoiced", 0.5f, "how much noise speaks where the voice hisses: s, f and t")
                         .alias("sibilance noise"),
                     amount ("mix",      1, "0 the voice as it came, 1 the carrier that speaks").alias("amount") },
        .out     = { audio  ("out",      "the carrier that speaks") },
        .largest_gain = 60,  // sixteen bands at their loudest, which no sound is in all of them at once
    };

    static constexpr int kBands = 16, kPacks = kBands / kLanes;
    static constexpr float kLowest = 110, kSpacing = 0.4237f;  // octaves: up to 9 kHz
    static constexpr float kLevel = 8;  // a saw spoken by a saw leaves as loud as it came

    BandPack heard[kPacks] {}, spoken[kPacks] {};
    Lanes falling[kPacks] {}, level[kPacks] {};
    OnePole<float> split[2] {};
    float hiss = 0, body = 0;  // power above and below 3 kHz
    Random<float> random {};

    void process(const Block& block) {
        const Clock& clock = block.clock;
        const Input in = block.in(0), carrier = block.in(1), unvoiced = block.in(5), mixed = block.in(6);
        const Lanes attack = approach(block.in(2)[0], clock), release = approach(block.in(3)[0], clock);
        const float corner = one_pole(3000.f, clock), slow = approach(0.01f, clock);
        const Bands at = bands(0, clock), to = bands(block.in(4)[0], clock);
        for (int i = 0; i < kBlock; ++i) {
            const float x = in[i], noise = random.bipolar() * (1.4f * unvoiced[i] * hissing(x, corner, slow));
            const float source = carrier[i] + noise;
            Lanes part[kPacks];
            for (int p = 0; p < kPacks; ++p) {
                const Lanes loud = abs(heard[p](x, at.g[p], at.share[p]));
                falling[p] = max(loud, falling[p] + (loud - falling[p]) * release);
                level[p] += (falling[p] - level[p]) * attack;
                part[p] = spoken[p](source, to.g[p], to.share[p]) * level[p] * to.sign[p];
            }
            block.out(0)[i] = mix(x, kLevel * sum_of(part), mixed[i]);
        }
    }

    struct Bands { Lanes g[kPacks], share[kPacks], sign[kPacks]; };

    // Those that a shift takes beyond what there is are silent.
    static Bands bands(float shift, const Clock& clock) {
        Bands bands;
        for (int p = 0; p < kPacks; ++p) {
            float octave[kLanes], sign[kLanes];
            for (int l = 0; l < kLanes; ++l) {
                octave[l] = float(p * kLanes + l) * kSpacing + shift;
                sign[l] = l % 2 ? -1.f : 1.f;
            }
            const Lanes hertz = Lanes(kLowest) * exp2(load(octave)), g = bands.g[p] = prewarped(hertz, clock);
            bands.share[p] = 1.f / (1.f + g * (g + BandPack::kDamping));
            bands.sign[p] = select(hertz < Lanes(0.45f * clock.rate), load(sign), Lanes(0.f));
        }
        return bands;
    }

    // How far it is a hiss: 0 where most lies below 3 kHz, 1 where it lies above.
    float hissing(float x, float corner, float slow) {
        const float low = split[1].low(split[0].low(x, corner), corner), high = x - low;
        hiss += (high * high - hiss) * slow;
        body += (low * low - body) * slow;
        return clamp(2 * hiss / (hiss + body + 1e-9f) - 1, 0.f, 1.f);
    }

    // Halves are laid over each other, so that packs of any width give the same bits.
    static float sum_of(Lanes* part) {
        for (int half = kPacks / 2; half; half /= 2)
            for (int p = 0; p < half; ++p) part[p] += part[p + half];
        float sum[kLanes];
        store(sum, part[0]);
        for (int half = kLanes / 2; half; half /= 2)
            for (int l = 0; l < half; ++l) sum[l] += sum[l + half];
        return sum[0];
    }
};

CHRONUS_MODULE(Vocoder)
