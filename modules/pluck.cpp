// Plucked string: a burst of noise goes round a delay line of one period and loses treble on the way (K. Karplus and
// A. Strong, 1983; pick, loss and tuning after D. Jaffe and J. Smith, "Extensions of the Karplus-Strong plucked-string
// algorithm", 1983). The loss is three taps, late by one frame at every frequency, the period's fraction is Lagrange's
// (T. Laakso, V. Valimaki and others, "Splitting the unit delay", 1996): so it is in tune at any brightness.
#include <chronus/dsp/delay_line.h>
#include <chronus/dsp/lagrange.h>
#include <chronus/dsp/tpt.h>
using namespace chronus;

struct Pluck {
    static constexpr Spec spec {
        .name    = "pluck",
        .aliases = "string karplus guitar",
        .summary = "Plucked string: guitar, harp, koto, or a short dry pick",
        .in      = { gate   ("gate",     "plucks it; the velocity is how hard, and so how bright"),
                     hertz  ("freq",     110, 20, 5000, "pitch"),
                     seconds("decay",    4, 0.05f, 30, "time to silence while it is held; high notes die sooner"),
                     seconds("release",  0.3f, 0.02f, 30, "time to silence once it is let go"),
                     amount ("tone",     0.6f, "0 nylon and felt, 1 steel").alias("brightness"),
                     amount ("position", 0.2f, 0.02f, 0.5f, "where it is plucked: 0.02 at the bridge, 0.5 half way") },
        .out     = { audio  ("out",      "the string") },
    };

    DelayLine string {}, pick {};
    int at = 0;
    float past[2] {};     // what came from the string in the last two frames
    int burst = 0, after = 0;  // frames that are left of the noise, and of what it leaves behind
    float strength = 0, soft = 0;  // of the noise, and what of it the felt lets through
    Random<float> random {};
    OnePole<float> felt {};

    // What follows of the parameters, reckoned when one of them changes.
    float freq = 0, decay = 0, release = 0, tone = 0;
    float period = 0, held = 0, let_go = 0;  // frames, and the loop's gain
    float side = 0;                          // the loss's outer taps
    LagrangeTaps taps {};

    void prepare(Arena& arena, double rate) {
        string.prepare(arena, rate / 20 + 2);
        pick.prepare(arena, rate / 20 + 2);
    }

    void process(const Block& block) {
        const Input gate = block.in(0), place = block.in(5);
        for (int i = 0; i < kBlock; ++i, ++at) {
            tune(block, i);
            if (gate.onset(i) > 0) strike(gate[i], block.clock);
            const float echo = taps.read(string, at);
            const float lossy = side * (echo + past[1]) + (1 - 2 * side) * past[0];
            past[1] = past[0];
            past[0] = echo;
            float now = lossy * (gate[i] > 0 ? held : let_go);
            if (after > 0) now += excitation(place[i] * period);
            string.write(at, now);
            block.out(0)[i] = now;
        }
    }

    void strike(float velocity, const Clock& clock) {
        // The pick stops most of what still sounds: all of the string at once, so that no offset is left.
        constexpr float kKept = 0.3f;
        const int length = int(period) + LagrangeTaps::kTaps;
        for (int k = 1; k <= length; ++k) string.write(at - k, kKept * string.ring[(at - k) & string.mask]);
        for (float& x : past) x *= kKept;
        if (after <= 0)
            for (int k = 1; k <= length; ++k) pick.write(at - k, 0);

        soft = one_pole(min(250 * exp2(6 * tone + 2.5f * (velocity - 1)), 20000.f), clock);
        strength = 0.4f * velocity / sqrt(soft);  // as loud at every softness
        burst = int(period + 0.5f);
        after = 2 * burst + 256;
    }

    // One period of noise, and again upside down as it comes back from the near end.
    float excitation(float way) {
        const float noise = felt.low(burst > 0 ? random.bipolar() * strength : 0, soft);
        burst -= burst > 0;
        --after;
        pick.write(at, noise);
        return noise - pick.read(at, max(way, float(DelayLine::kLeast)));
    }

    void tune(const Block& block, int i) {
        const float f = block.in(1)[i], d = block.in(2)[i], r = block.in(3)[i], t = block.in(4)[i];
        if (f == freq && d == decay && r == release && t == tone) return;
        freq = f, decay = d, release = r, tone = t;
        const float rate = block.clock.rate;
        period = rate / f;
        taps.set(period - 1);  // the loss delays by one frame
        // The treble at 5 kHz dies within 0.05 s to 4 s, whatever the pitch, as far as three taps can.
        const float loss = min(668 * exp2(-6.31f * t) / f, 0.5f);
        side = 0.5f * loss;
        // What the fundamental loses besides is given back, but not so much that the depths would grow.
        const float own = 1 - loss * (1 - cos_turns(f / rate));
        const auto gain = [&](float seconds) { return min(exp2(-9.96578428f / (f * seconds)) / own, 0.99995f); };
        held = gain(d);
        let_go = min(gain(r), held);
    }
};

CHRONUS_MODULE(Pluck)
