// Vowels: five resonances side by side at the formants of a tenor (X. Rodet, Y. Potard and J.-B. Barriere, "The
// CHANT project", 1984; the table of the Csound manual). Their signs alternate, as in a throat, so that no notch
// stands between two of them (D. Klatt, "Software for a cascade/parallel formant synthesizer", 1980).
#include <chronus/dsp/svf.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Formant {
    static constexpr Spec spec {
        .name    = "formant",
        .aliases = "vowel",
        .summary = "Vowels: makes a bright sound talk",
        .in      = { audio ("in",    "signal to filter: a saw or noise has enough for it to shape"),
                     amount("vowel", 0, 0, 4, "0 a, 1 e, 2 i, 3 o, 4 u, and all that lies between"),
                     amount("shift", 0, -1, 1, "the throat in octaves: -1 a giant, 0 a man, 0.25 a woman, 1 a mouse")
                         .alias("size"),
                     amount("width", 1, 0.3f, 4, "of each resonance: 0.3 rings, 1 sings, 4 tints").exponential(),
                     amount("mix",   1, "0 dry, 1 filtered") },
        .out     = { audio ("out",   "filtered signal") },
    };

    static constexpr int kFormants = 5, kVowels = 5;
    static constexpr float kHertz[kFormants][kVowels] = {{650, 400, 290, 400, 350},
                                                         {1080, 1700, 1870, 800, 600},
                                                         {2650, 2600, 2800, 2600, 2700},
                                                         {2900, 3200, 3250, 2800, 2900},
                                                         {3250, 3580, 3540, 3000, 3300}};
    static constexpr float kGain[kFormants][kVowels] = {{1, 1, 1, 1, 1},
                                                        {0.501f, 0.2f, 0.178f, 0.316f, 0.1f},
                                                        {0.447f, 0.251f, 0.126f, 0.251f, 0.141f},
                                                        {0.398f, 0.2f, 0.1f, 0.251f, 0.2f},
                                                        {0.079f, 0.1f, 0.032f, 0.05f, 0.05f}};
    static constexpr float kWidth[kFormants][kVowels] = {{80, 70, 40, 70, 40},
                                                         {90, 80, 90, 80, 60},
                                                         {120, 100, 100, 100, 100},
                                                         {130, 120, 120, 130, 120},
                                                         {140, 120, 120, 135, 120}};

    TwoPole<F> resonance[kFormants] {};

    F tick(Clock clock, F in, F vowel, F shift, F width, F mixed) {
        F share[kVowels];  // of each vowel: those next to each other are crossfaded
        for (int v = 0; v < kVowels; ++v) share[v] = max(F(1.f) - abs(vowel - F(float(v))), F(0.f));
        const auto now = [&](const float* of) {
            F sum(0.f);
            for (int v = 0; v < kVowels; ++v) sum += share[v] * F(of[v]);
            return sum;
        };
        const F throat = exp2(shift);
        F sum(0.f);
        for (int f = 0; f < kFormants; ++f) {
            const F hertz = now(kHertz[f]);
            const F band = resonance[f].bandpass(in, prewarped(hertz * throat, clock), now(kWidth[f]) * width / hertz);
            sum += band * now(kGain[f]) * F(f & 1 ? -1.f : 1.f);
        }
        // Most of what comes is filtered out: a saw leaves as loud as it came.
        return mix(in, sum * F(5.f), mixed);
    }
};

CHRONUS_MODULE(Formant)
