// When something passes a mark between two frames: on a cubic through the four frames around (J.-L. Lagrange), as a
// straight line errs by enough to be heard as aliases.
#pragma once
#include <chronus/math.h>

namespace chronus {

// Whether a phase that went that way, and is beyond its mark by so much, came past it on the way.
inline bool passes(uint64_t beyond, uint64_t way) { return int64_t(way) >= 0 ? beyond < way : ~beyond < -way; }

// A phase's step in one frame, and how far it is from the steps before and after.
struct PhaseStep {
    int64_t step = 0;
    double before = 0, after = 0;

    PhaseStep() = default;
    PhaseStep(int64_t last, int64_t now, int64_t next)
        : step(now), before(double(now - last)), after(double(next - now)) {}

    // The age at the frame's end of what a steady step would have passed at that age.
    double age(double steady) const {
        if (before == 0 && after == 0) return steady;
        const double t0 = 1 - steady;
        double t = t0;
        for (int i = 0; i < 3; ++i) {
            const double bent = t * (t - 1) * (0.5 * before + (t + 1) * (after - before) * (1.0 / 6));
            t = t0 - bent / double(step);
            t = t < 0 ? 0 : t > 1 ? 1 : t;
        }
        return 1 - t;
    }
    // The step that it has at that age.
    double speed(double age) const {
        const double t = 1 - age;
        return double(step) + before * (t - 0.5) + (after - before) * (3 * t * t - 1) * (1.0 / 6);
    }
};

// Finds where a signal rises through zero, one frame after it has.
struct RisingEdge {
    float past[3]{};

    // Whether nothing can be found in what stays at a level.
    bool rests(float level) const { return past[0] == level && past[1] == level && past[2] == level; }

    // How long before the last frame it rose, in [0, 1); below 0 if it did not.
    double operator()(float now) {
        const double a = past[0], b = past[1], c = past[2], d = now;
        past[0] = past[1], past[1] = past[2], past[2] = now;
        if (!(b <= 0 && c > 0)) return -1;
        const double bend = c - 2 * b + a, twist = d - 3 * c + 3 * b - a, t0 = -b / (c - b);
        double t = t0;
        for (int i = 0; i < 4; ++i) {
            t = t0 - t * (t - 1) * (0.5 * bend + (t + 1) * twist * (1.0 / 6)) / (c - b);
            t = t < 0 ? 0 : t > 1 ? 1 : t;
        }
        return 1 - t;
    }
};

}  // namespace chronus
