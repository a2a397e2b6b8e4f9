// The nearest note of a scale, in octaves, as cables into a pitch count.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Quantizer {
    static constexpr Spec spec {
        .name    = "quantizer",
        .aliases = "quantiser scale quantize",
        .summary = "Quantizer: cable `pitch` into the freq of an oscillator that stands at C4, and it plays in key",
        .in      = { audio  ("in",    "a pitch in octaves above C4: 1 is C5"),
                     choice ("scale", "chromatic|major|minor|harmonic|dorian|phrygian|lydian|mixolydian|pentatonic|"
                                      "minor-pentatonic|blues|whole-tone|fifths|octaves", "which notes there are"),
                     choice ("root",  "c|db|d|eb|e|f|gb|g|ab|a|bb|b", "the scale's first note") },
        .out     = { control("pitch", "the nearest note of the scale, in octaves above C4").alias("out") },
    };

    // Bit n: the n-th semitone above the root is in the scale.
    static constexpr int32_t kScales[] = {0xfff, 0xab5, 0x5ad, 0x9ad, 0x6ad, 0x5ab, 0xad5,
                                          0x6b5, 0x295, 0x4a9, 0x4e9, 0x555, 0x081, 0x001};

    F tick(Clock, F in, F scale, F root) {
        Int<F> notes(0);
        for (int s = 0; s < int(sizeof kScales / sizeof *kScales); ++s)
            notes = select(abs(scale - F(float(s))) < F(0.5f), Int<F>(kScales[s]), notes);
        const F above = in * F(12.f) - root, octave = floor(above * F(1.f / 12.f)), place = above - octave * F(12.f);
        F nearest(0.f), least(1e9f);
        for (int n = 0; n <= 12; ++n) {  // the next root too
            const F off = abs(place - F(float(n)));
            const auto better = (notes & Int<F>(1 << n % 12)) > Int<F>(0) && off < least;
            nearest = select(better, F(float(n)), nearest);
            least = select(better, off, least);
        }
        // Below the lowest note of the octave, the highest of the one before may be nearer.
        for (int n = 1; n < 12; ++n) {
            const F off = place + F(float(12 - n));
            const auto better = (notes & Int<F>(1 << n)) > Int<F>(0) && off < least;
            nearest = select(better, F(float(n - 12)), nearest);
            least = select(better, off, least);
        }
        return (octave * F(12.f) + nearest + root) * F(1.f / 12.f);
    }
};

CHRONUS_MODULE(Quantizer)
