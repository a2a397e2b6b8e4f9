// Envelope: linear attack, then decay and release as a capacitor's curve cut off where it has all but
// arrived, so that each stage ends on its frame. It works along time: from one turn to the next it is one curve.
#include <chronus/module.h>
using namespace chronus;

// 2^-8x for x in [0, 1], exactly 1 at 0. Relative error 3e-5.
static float fall(float x) {
    const float y = 1.f + x * (-0.69306357f + x * (0.23945674f + x * (-0.05322358f + x * 0.006831895f)));
    const float y2 = y * y, y4 = y2 * y2;
    return y4 * y4;
}

struct Adsr {
    static constexpr Spec spec {
        .name    = "adsr",
        .aliases = "envelope env",
        .summary = "Envelope: rises while a note begins, rests while it is held, falls when it ends",
        .in      = { gate   ("gate",    "a note: its velocity is the height of the envelope"),
                     seconds("attack",  0.01f, 0.001f, 10, "time to the top"),
                     seconds("decay",   0.1f, 0, 10, "time from the top to the sustain level"),
                     amount ("sustain", 0.7f, "level while the note is held, of its top"),
                     seconds("release", 0.5f, 0.001f, 10, "time to silence after the note"),
                     amount ("curve",   0.75f, "decay and release: 0 straight, 1 quick and then long"),
                     choice ("mode",    "retrigger|legato", "legato: a note that begins while one is held goes on with "
                                                            "its envelope") },
        .out     = { control("out",     "0 to the velocity") },
    };
    // Where one is over, the next begins.
    static constexpr int32_t kRelease = -1, kIdle = 0, kAttack = 1, kDecay = 2, kSustain = 3;

    int32_t stage = kIdle;
    uint32_t way = 0;       // through the stage, of 2^32
    float start = 0;        // where the stage began
    float level = 0;        // where the envelope is
    float top = 0;          // the velocity of the note
    bool ties = false;      // a note that begins while one is held begins nothing

    void process(const Block& block) {
        ties = block.in(6)[0] > 0.5f;
        bool flat = true;
        for (int parameter = 1; parameter < 6; ++parameter) flat &= block.in(parameter).flat();
        for (int begin = 0, end; begin < kBlock; begin = end) {
            turn(block.in(0), begin);
            end = flat || stage == kIdle ? next_turn(block.in(0), begin) : begin + 1;
            end = run(block, begin, end);
        }
    }

    bool begins(Input gate, int i) const { return gate.onset(i) > 0 && !(ties && stage > kIdle); }
    bool turns(Input gate, int i) const { return begins(gate, i) || (gate[i] <= 0 && stage > kIdle); }

    int next_turn(Input gate, int i) const {
        if (gate.flat() && !gate.signal.onsets) return kBlock;
        do ++i;
        while (i < kBlock && !turns(gate, i));
        return i;
    }

    void turn(Input gate, int i) {
        if (!turns(gate, i)) return;
        const bool anew = begins(gate, i);
        stage = anew ? kAttack : kRelease;
        if (anew) top = gate[i];
        start = level;
        way = 0;
    }

    // One stage, up to its own end or the one that is given. Returns where it has come to.
    int run(const Block& block, int begin, int end) {
        float* out = block.out(0);
        const float sustain = block.in(3)[begin] * top;
        if (stage == kIdle || stage == kSustain) {
            level = stage == kIdle ? 0 : sustain;
            for (int i = begin; i < end; ++i) out[i] = level;
            return end;
        }
        const uint32_t step = step_of(block.in(stage == kAttack ? 1 : stage == kDecay ? 2 : 4)[begin], block.clock);
        const uint64_t frames = ((1ull << 32) - way + step - 1) / step;
        const bool over = frames <= uint64_t(end - begin);
        if (over) end = begin + int(frames);
        const float target = stage == kAttack ? top : stage == kDecay ? sustain : 0, fallen = start - target;
        // The part of the stage that is over at a frame.
        const auto part = [step, from = way - uint32_t(begin) * step](int i) {
            return float(int32_t((from + uint32_t(i) * step) >> 8)) * (1.f / 16777216.f);
        };
        if (stage == kAttack) {
            for (int i = begin; i < end; ++i) out[i] = target + fallen * (1.f - part(i));
        } else {
            const float bend = max(block.in(5)[begin], 0.01f), rest = fall(bend), whole = 1.f / (1.f - rest);
            for (int i = begin; i < end; ++i) out[i] = target + fallen * ((fall(bend * part(i)) - rest) * whole);
        }
        level = out[end - 1];
        way += uint32_t(end - begin) * step;
        if (!over) return end;
        ++stage;
        start = target;
        way = 0;
        return end;
    }

    // What brings a stage to its end on its frame (to within 2 frames in 100 000): rounded up, as a step that
    // is too small would come late. 1 ms is as fast as it goes without a click.
    static uint32_t step_of(float time, const Clock& clock) {
        return uint32_t(int32_t(4294968000.f * clock.step / max(time, 0.001f))) + 1;
    }
};

CHRONUS_MODULE(Adsr)
