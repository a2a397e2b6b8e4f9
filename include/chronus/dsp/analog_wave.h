// Saw, pulse and triangle of one phase, a signed number of 64 bits. Where it passes its lower end or its middle, or where
// what is ahead by the pulse's width does, they jump or bend; that is band-limited at its place (dsp/blep.h).
#pragma once
#include <chronus/dsp/blep.h>
#include <chronus/dsp/crossing.h>

namespace chronus {

struct AnalogLevels {
    float saw, square, triangle, sub;
};

// One frame on which something turns; ages are in frames before it.
struct AnalogFrame {
    static constexpr uint64_t kBottom = 1ull << 63;  // where the saw and the pulse fall; the triangle's top is at 0

    FineStepBlock& wave;
    int i;
    PhaseStep step, rise;      // of the phase, and of the one that is ahead
    uint64_t width, widening;  // how far ahead, and how much further at the frame's end
    AnalogLevels level;

    // Backwards what falls by 2 rises by it.
    void at_bottom(double age, float height) const {
        wave.jump(i, float(age), -height * (level.saw + level.square));
        bend(age, abs(speed(age)));
    }
    void at_top(double age) const { bend(age, -abs(speed(age))); }
    void at_rise(double age, float height) const {
        if (level.square > 0) wave.jump(i, float(age), height * level.square);
    }
    // To the bottom, from wherever the phases are.
    void restart(double age, uint64_t phase, uint64_t ahead) const {
        const uint64_t begun = kBottom + ahead - phase;
        wave.jump(i, float(age), height(kBottom, begun) - height(phase, ahead));
        if (int64_t(phase) >= 0) bend(age, speed(age));
    }

private:
    static double abs(double x) { return __builtin_fabs(x); }
    static float saw_of(uint64_t phase) { return float(int32_t(phase >> 32)) * (1 / 2147483648.f); }
    float height(uint64_t phase, uint64_t ahead) const {
        const float fall = saw_of(phase), rise = saw_of(ahead);
        return level.saw * fall + level.square * (fall - rise) + level.triangle * (1 - 2 * __builtin_fabsf(fall));
    }
    // The triangle's slope is 4 a turn, on either side.
    void bend(double age, double turns) const {
        if (level.triangle > 0) wave.corner(i, float(age), level.triangle * float(8 * turns));
    }
    // In turns a frame; a wild pitch would have its cubic go beyond half a turn.
    double speed(double age) const {
        const double turns = step.speed(age) * (1 / 18446744073709551616.0);
        return turns < -0.5 ? -0.5 : turns > 0.5 ? 0.5 : turns;
    }
};

}  // namespace chronus
