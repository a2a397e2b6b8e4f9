// Four sines that bend each other's phase, in the eight arrangements of Yamaha's DX9 and TX81Z (J. Chowning, "The
// synthesis of complex audio spectra by means of frequency modulation", 1973; the arrangements from the TX81Z's
// manual). They run at four times the frame rate, so that what lies beyond half of it is cut off before it can fold.
#include <chronus/dsp/drum.h>
#include <chronus/dsp/halfband.h>
#include <chronus/module.h>
using namespace chronus;

// Who bends whom (2 > 1, 3 > 1, 4 > 1, 3 > 2, 4 > 2, 4 > 3), and which of 2, 3, 4 are heard beside 1.
static constexpr int kLinks = 9;
static constexpr float kAlgorithms[8][kLinks] = {
    {1, 0, 0, 1, 0, 1, 0, 0, 0},  // 4 > 3 > 2 > 1
    {1, 0, 0, 1, 1, 0, 0, 0, 0},  // 3 and 4 > 2 > 1
    {1, 0, 1, 1, 0, 0, 0, 0, 0},  // 3 > 2 > 1, and 4 > 1
    {1, 1, 0, 0, 0, 1, 0, 0, 0},  // 2 > 1, and 4 > 3 > 1
    {1, 0, 0, 0, 0, 1, 0, 1, 0},  // 2 > 1, 4 > 3
    {0, 0, 1, 0, 1, 1, 1, 1, 0},  // 4 > 1, 2 and 3
    {0, 0, 0, 0, 0, 1, 1, 1, 0},  // 1, 2, 4 > 3
    {0, 0, 0, 0, 0, 0, 1, 1, 1},  // 1, 2, 3, 4
};

template <class F>
struct Fm {
    static constexpr Spec spec {
        .name    = "fm",
        .aliases = "dx operator",
        .summary = "FM voice of four operators: electric pianos, bells, basses, brass",
        .in      = { gate   ("gate",       "plays a note; its velocity is loudness and brightness"),
                     hertz  ("freq",       220, 0.01f, 20000, "pitch"),
                     choice ("algorithm",  "one|two|three|four|five|six|seven|eight",
                             "who bends whom: one 4>3>2>1, two 3+4>2>1, three 3>2>1 and 4>1, four 2>1 and 4>3>1, "
                             "five 2>1 beside 4>3, six 4>1+2+3, seven 1+2 beside 4>3, eight none").starting(4),
                     amount ("feedback",   0, "how far operator 4 bends itself: 0 a sine, 0.4 a saw, 1 noise"),
                     amount ("brightness", 1, 0, 2, "how far all that bends does so").alias("index"),
                     amount ("ratio1",     1, 0.125f, 32, "pitch of operator 1 in times of `freq`"),
                     amount ("ratio2",     1, 0.125f, 32, "of operator 2"),
                     amount ("ratio3",     1, 0.125f, 32, "of operator 3"),
                     amount ("ratio4",     14, 0.125f, 32, "of operator 4"),
                     amount ("level1",     0.6f, "loudness of operator 1"),
                     amount ("level2",     0.18f, "of operator 2; if it bends another, 1 is an index of 8"),
                     amount ("level3",     0.35f, "of operator 3, likewise"),
                     amount ("level4",     0.1f, "of operator 4, likewise"),
                     seconds("decay1",     3, 0.005f, 20, "time in which operator 1 falls to its sustain"),
                     seconds("decay2",     1.5f, 0.005f, 20, "operator 2"),
                     seconds("decay3",     1.5f, 0.005f, 20, "operator 3"),
                     seconds("decay4",     0.3f, 0.005f, 20, "operator 4"),
                     amount ("sustain1",   0, "where operator 1 stays while the note is held"),
                     amount ("sustain2",   0, "operator 2"),
                     amount ("sustain3",   0, "operator 3"),
                     amount ("sustain4",   0, "operator 4"),
                     seconds("attack",     0.002f, 0.001f, 5, "time to the top, of all four"),
                     seconds("release",    0.25f, 0.005f, 10, "time to silence after the note") },
        .out     = { audio  ("out",        "the voice") },
    };

    static constexpr int kTimes = 4;
    static constexpr float kIndex = 8 / (2 * kPi);  // of a level of 1, in turns

    Phase<F> phase[4] {};
    F envelope[4] {};
    F velocity {}, rising {};  // frames until the top
    F before[2] {};            // of operator 4, for its feedback
    F link[kLinks] {};              // the arrangement, where it glides to another
    Quarterer<F> quarter {};

    [[gnu::always_inline]] F tick(Clock clock, Gate<F> gate, F freq, F algorithm, F feedback, F brightness, F ratio1, F ratio2, F ratio3,
           F ratio4, F level1, F level2, F level3, F level4, F decay1, F decay2, F decay3, F decay4, F sustain1,
           F sustain2, F sustain3, F sustain4, F attack, F release) {
        const F ratio[4] = {ratio1, ratio2, ratio3, ratio4}, level[4] = {level1, level2, level3, level4};
        const F decay[4] = {decay1, decay2, decay3, decay4};
        const F sustain[4] = {sustain1, sustain2, sustain3, sustain4};
        shape(clock, gate, decay, sustain, attack, release);
        arrange(clock, algorithm);
        F height[4], bend[4];
        Word<F> place[4], step[4];
        for (int k = 0; k < 4; ++k) {
            height[k] = level[k] * envelope[k] * velocity;
            bend[k] = height[k] * brightness * F(kIndex);
            const F hertz = min(freq * ratio[k], F(0.49f) * F(clock.rate));
            place[k] = phase[k].high;
            step[k] = turns(hertz, clock).high >> 2;
            advance(phase[k], hertz, clock);
        }
        const F own = feedback * envelope[3] * F(0.25f);  // of the sum of two: half a turn at most
        // One operator after another, not one frame: so only the fourth waits for itself.
        F four[kTimes], three[kTimes], two[kTimes], out[kTimes];
        const auto at = [&](int op, int t) { return place[op - 1] + Word<F>(uint32_t(t)) * step[op - 1]; };
        for (int t = 0; t < kTimes; ++t) {
            four[t] = wave(at(4, t), own * (before[0] + before[1]));
            before[1] = before[0];
            before[0] = four[t];
        }
        for (int t = 0; t < kTimes; ++t) three[t] = wave(at(3, t), four[t] * (bend[3] * link[5]));
        for (int t = 0; t < kTimes; ++t)
            two[t] = wave(at(2, t), three[t] * (bend[2] * link[3]) + four[t] * (bend[3] * link[4]));
        for (int t = 0; t < kTimes; ++t) {
            const F bent = two[t] * (bend[1] * link[0]) + three[t] * (bend[2] * link[1]) +
                           four[t] * (bend[3] * link[2]);
            out[t] = wave(at(1, t), bent) * height[0] + two[t] * (height[1] * link[6]) +
                     three[t] * (height[2] * link[7]) + four[t] * (height[3] * link[8]);
        }
        return quarter(out);
    }

    // sin of a place in a cycle and so many turns, 32 at most.
    [[gnu::always_inline]] static F wave(Word<F> place, F turns) {
        return sin_place<F>(as_int(place + (as_word(truncate(turns * F(67108864.f))) << 6)));
    }

    // The envelopes: straight to the top, then each its own way down.
    void shape(const Clock& clock, Gate<F> gate, const F* decay, const F* sustain, F attack, F release) {
        const auto struck = gate.onset > F(0.f);
        const auto silent = struck && max(max(envelope[0], envelope[1]), max(envelope[2], envelope[3])) < F(1e-4f);
        velocity = select(struck, gate.held, velocity);
        rising = select(struck, attack * F(clock.rate), rising);
        const auto rises = rising > F(0.f);
        const F share = F(1.f) / max(rising, F(1.f)), released = decay_60db(release, clock);
        rising = max(rising - F(1.f), F(0.f));
        for (int k = 0; k < 4; ++k) {
            const F fallen = sustain[k] + (envelope[k] - sustain[k]) * decay_60db(decay[k], clock);
            const F held = select(rises, envelope[k] + (F(1.f) - envelope[k]) * share, fallen);
            envelope[k] = select(gate.held > F(0.f), held, envelope[k] * released);
            // Out of silence all begin together, so that a note sounds as the last one did.
            phase[k].high = select(silent, Word<F>(0u), phase[k].high);
            phase[k].low = select(silent, Word<F>(0u), phase[k].low);
        }
    }

    void arrange(const Clock& clock, F algorithm) {
        const F nearer = approach(F(0.001f), clock);
        for (int i = 0; i < kLinks; ++i) {
            F wanted(0.f);
            for (int a = 0; a < 8; ++a)
                wanted = select(abs(algorithm - F(float(a))) < F(0.5f), F(kAlgorithms[a][i]), wanted);
            link[i] += (wanted - link[i]) * nearer;
        }
    }
};

CHRONUS_MODULE(Fm)
