// Comb filter: an echo so short that it is a pitch. Its loop loses treble by three taps that delay by a frame at
// every frequency (as D. Jaffe and J. Smith's string does, 1983), so that it stays in tune at any damping.
#include <chronus/dsp/delay_line.h>
using namespace chronus;

struct Comb {
    static constexpr Spec spec {
        .name    = "comb",
        .aliases = "resonator",
        .summary = "Comb filter: rings at a pitch and all its harmonics, as a tube or a string does",
        .in      = { audio ("in",       "signal to filter"),
                     hertz ("freq",     110, 20, 5000, "pitch it rings at").alias("cutoff frequency tune"),
                     amount("feedback", 0.85f, -0.99f, 0.99f, "how long it rings; below 0 hollow, an octave lower")
                         .alias("resonance res"),
                     amount("damp",     0.2f, "how much sooner the treble dies: 0 metal, 1 wool"),
                     amount("mix",      1, "0 dry, 1 filtered") },
        .out     = { audio ("out",      "filtered signal") },
    };

    DelayLine line {};
    int at = 0;
    float past[2] {};  // what came from the line in the last two frames

    void prepare(Arena& arena, double rate) { line.prepare(arena, rate / 20 + 1); }

    void process(const Block& block) {
        const Input in = block.in(0), freq = block.in(1), feedback = block.in(2), damp = block.in(3);
        const Input mixed = block.in(4);
        float period = block.clock.rate / freq[0];
        for (int i = 0; i < kBlock; ++i, ++at) {
            if (!freq.flat()) period = block.clock.rate / freq[i];
            const float echo = line.read(at, max(period - 1, float(DelayLine::kLeast)));
            const float side = 0.25f * damp[i];
            const float damped = side * (echo + past[1]) + (1 - 2 * side) * past[0];
            past[1] = past[0];
            past[0] = echo;
            const float ringing = in[i] + soft_ceiling(damped * feedback[i]);
            line.write(at, ringing);
            // As loud for noise at every feedback.
            const float level = sqrt(1 - feedback[i] * feedback[i]);
            block.out(0)[i] = mix(in[i], ringing * level, mixed[i]);
        }
    }
};

CHRONUS_MODULE(Comb)
