// Band-limited steps: a jump in a waveform becomes the integral of a windowed sinc, set at the jump's exact
// place between two frames (E. Brandt, "Hard sync without aliasing", ICMC 2001). Chosen over polyBLEP, which
// leaves aliases at -47 dB. The 48 frames around a jump are polynomials of its age, so there is no table to
// gather from.
#pragma once
#include <chronus/dsp/cycle.h>
#include <chronus/dsp/windowed_sinc.h>

namespace chronus {

// What to add to a naive step of height 1. Passes to 0.38 of the frame rate, stops (-90 dB) at half of it.
struct StepKernel {
    static constexpr int kTaps = 48, kOrder = 8;
    float power[kOrder][kTaps]{};  // tap t, for a jump of age a in [0, 1): the sum of power[p][t] a^p

    constexpr StepKernel() {
        constexpr int half = kTaps / 2;
        double node[kOrder]{}, sum = 0, at = 0;
        for (int k = 0; k < kOrder; ++k)  // Chebyshev's, so that the polynomial errs alike everywhere
            node[k] = 0.5 - 0.5 * kernel::sin_pi((2 * k + 1.0) / (2 * kOrder) + 0.5);
        double step[half][kOrder]{};  // the integral from the jump on
        for (int t = 0; t < half; ++t) {
            for (int k = 0; k < kOrder; ++k) {
                sum += integral(at, t + node[k]);
                step[t][k] = sum;
                at = t + node[k];
            }
        }
        sum += integral(at, half);
        for (int t = 0; t < half; ++t) {
            double after[kOrder]{}, before[kOrder]{};  // odd about the jump: so mirrored before it
            for (int k = 0; k < kOrder; ++k) after[k] = 0.5 * step[t][k] / sum - 0.5;
            for (int k = 0; k < kOrder; ++k) before[k] = -after[kOrder - 1 - k];
            fit(node, after, half + t);
            fit(node, before, half - 1 - t);
        }
    }

private:
    static constexpr kernel::Kaiser kWindow{9};
    static constexpr double impulse(double x) {
        return kernel::sinc(0.86 * x) * kWindow(x / (kTaps / 2));
    }
    // Gauss's quadrature over three points: the stretches are short.
    static constexpr double integral(double a, double b) {
        const double m = 0.5 * (a + b), h = 0.5 * (b - a), r = 0.774596669241483377 * h;
        return h * (5 * impulse(m - r) + 8 * impulse(m) + 5 * impulse(m + r)) / 9;
    }
    // The polynomial through f at the nodes: Newton's divided differences, multiplied out from the innermost
    // bracket.
    constexpr void fit(const double* node, double* f, int tap) {
        double p[kOrder]{};
        for (int d = 1; d < kOrder; ++d)
            for (int k = kOrder - 1; k >= d; --k) f[k] = (f[k] - f[k - 1]) / (node[k] - node[k - d]);
        for (int k = kOrder - 1; k >= 0; --k) {
            for (int i = kOrder - 1; i > 0; --i) p[i] = p[i - 1] - node[k] * p[i];
            p[0] = f[k] - node[k] * p[0];
        }
        for (int i = 0; i < kOrder; ++i) power[i][tap] = float(p[i]);
    }
};

// A block of a waveform with steps, delayed by kLatency frames; `carried` is what lasts from block to block.
struct StepBlock {
    static constexpr int kTaps = StepKernel::kTaps, kLatency = kTaps / 2;
    static constexpr StepKernel kKernel{};
    float frames[kBlock + kTaps];

    explicit StepBlock(const float* carried) {
        for (int t = 0; t < kTaps; ++t) frames[t] = carried[t];
        for (int i = kTaps; i < kBlock + kTaps; ++i) frames[i] = 0;
    }
    float& naive(int i) { return frames[kLatency + i]; }

    // A jump that happened `age` frames, 0 to 1, before frame i.
    void jump(int i, float age, float height) {
        float* at = frames + i;
        for (int t = 0; t < kTaps; ++t) {
            float sum = kKernel.power[StepKernel::kOrder - 1][t];
            for (int p = StepKernel::kOrder - 2; p >= 0; --p) sum = sum * age + kKernel.power[p][t];
            at[t] += sum * height;
        }
    }
    void finish(float* out, float* carried) const {
        for (int i = 0; i < kBlock; ++i) out[i] = frames[i];
        for (int t = 0; t < kTaps; ++t) carried[t] = frames[kBlock + t];
    }
};

// Adds a saw that rises from -height to height while the phase, as a signed number, goes through its range.
inline void add_saw(StepBlock& block, uint64_t& phase, uint64_t step, float height) {
    int32_t place[kBlock];
    places(phase + step, step, place);
    for (int i = 0; i < kBlock; ++i) block.naive(i) += float(place[i]) * (height / 2147483648.f);
    // From wrap to wrap. One more frame than `whole` takes the phase past its end.
    uint64_t from_end = ~(phase ^ 1ull << 63);
    for (uint64_t i = 0; step;) {
        i += from_end / step;
        if (i >= kBlock) break;
        const uint64_t beyond = step - 1 - from_end % step;
        block.jump(int(i), float(beyond) / float(step), -2 * height);
        from_end = ~beyond;
        ++i;
    }
    phase += kBlock * step;
}

// The same with a step of its own for each frame; steps beyond half a turn go backwards.
inline void add_saw(StepBlock& block, uint64_t& phase, const uint64_t* steps, float height) {
    for (int i = 0; i < kBlock; ++i) {
        const uint64_t step = steps[i];
        phase += step;
        block.naive(i) += float(int32_t(phase >> 32)) * (height / 2147483648.f);
        const uint64_t beyond = phase ^ 1ull << 63;
        if (int64_t(step) >= 0) {
            if (beyond < step) block.jump(i, float(beyond) / float(step), -2 * height);
        } else if (~beyond < -step) {
            block.jump(i, float(~beyond) / float(-step), 2 * height);
        }
    }
}

}  // namespace chronus
