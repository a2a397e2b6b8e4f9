// Band-limited steps: a jump in a waveform becomes the integral of a windowed sinc, set at the jump's exact
// place between two frames (E. Brandt, "Hard sync without aliasing", ICMC 2001). Chosen over polyBLEP, which
// leaves aliases at -47 dB. The frames around a jump are polynomials of its age, so there is no table to
// gather from. A corner, where a waveform turns, is the integral of the same once more (F. Esqueda, V. Valimaki and
// S. Bilbao, "Rounding corners with BLAMP", DAFx 2016).
#pragma once
#include <chronus/dsp/cycle.h>
#include <chronus/dsp/windowed_sinc.h>

namespace chronus {

// What to add to a naive step of height 1, and to a corner whose slope grows by 1 a frame: a sinc of `Width` of the
// whole band under Kaiser's window.
template <int Taps, int Order, double Beta, double Width>
struct StepKernel {
    static constexpr int kTaps = Taps, kOrder = Order;
    float power[kOrder][kTaps]{};  // tap t, for a jump of age a in [0, 1): the sum of power[p][t] a^p
    float corner[kOrder + 1][kTaps]{};

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
        double p[kTaps][kOrder]{};
        for (int t = 0; t < half; ++t) {
            double after[kOrder]{}, before[kOrder]{};  // odd about the jump: so mirrored before it
            for (int k = 0; k < kOrder; ++k) after[k] = 0.5 * step[t][k] / sum - 0.5;
            for (int k = 0; k < kOrder; ++k) before[k] = -after[kOrder - 1 - k];
            fit(node, after, p[half + t]);
            fit(node, before, p[half - 1 - t]);
        }
        double until = 0;  // the corner's, up to a tap
        for (int t = 0; t < kTaps; ++t) {
            corner[0][t] = float(until);
            for (int i = 0; i < kOrder; ++i) {
                power[i][t] = float(p[t][i]);
                corner[i + 1][t] = float(p[t][i] / (i + 1));
                until += p[t][i] / (i + 1);
            }
        }
    }

private:
    static constexpr kernel::Kaiser kWindow{Beta};
    static constexpr double impulse(double x) {
        return kernel::sinc(Width * x) * kWindow(x / (kTaps / 2));
    }
    // Gauss's quadrature over three points: the stretches are short.
    static constexpr double integral(double a, double b) {
        const double m = 0.5 * (a + b), h = 0.5 * (b - a), r = 0.774596669241483377 * h;
        return h * (5 * impulse(m - r) + 8 * impulse(m) + 5 * impulse(m + r)) / 9;
    }
    // The polynomial through f at the nodes: Newton's divided differences, multiplied out from the innermost
    // bracket.
    static constexpr void fit(const double* node, double* f, double* p) {
        for (int d = 1; d < kOrder; ++d)
            for (int k = kOrder - 1; k >= d; --k) f[k] = (f[k] - f[k - 1]) / (node[k] - node[k - d]);
        for (int k = kOrder - 1; k >= 0; --k) {
            for (int i = kOrder - 1; i > 0; --i) p[i] = p[i - 1] - node[k] * p[i];
            p[0] = f[k] - node[k] * p[0];
        }
    }
};

// A block of a waveform with steps, delayed by kLatency frames; `carried` is what lasts from block to block.
template <class Kernel>
struct Steps {
    static constexpr int kTaps = Kernel::kTaps, kLatency = kTaps / 2;
    static constexpr Kernel kKernel{};
    float frames[kBlock + kTaps];

    explicit Steps(const float* carried) {
        for (int t = 0; t < kTaps; ++t) frames[t] = carried[t];
        for (int i = kTaps; i < kBlock + kTaps; ++i) frames[i] = 0;
    }
    float& naive(int i) { return frames[kLatency + i]; }

    // A jump that happened `age` frames, 0 to 1, before frame i.
    void jump(int i, float age, float height) { add<Kernel::kOrder>(kKernel.power, i, age, height); }
    // A corner where the slope grew by `bend` a frame.
    void corner(int i, float age, float bend) { add<Kernel::kOrder + 1>(kKernel.corner, i, age, bend); }
    void finish(float* out, float* carried) const {
        for (int i = 0; i < kBlock; ++i) out[i] = frames[i];
        for (int t = 0; t < kTaps; ++t) carried[t] = frames[kBlock + t];
    }

private:
    template <int Order>
    void add(const float (*power)[kTaps], int i, float age, float height) {
        float* at = frames + i;
        for (int t = 0; t < kTaps; ++t) {
            float sum = power[Order - 1][t];
            for (int p = Order - 2; p >= 0; --p) sum = sum * age + power[p][t];
            at[t] += sum * height;
        }
    }
};

// Passes to 0.38 of the frame rate, stops (-90 dB) at half of it.
using StepBlock = Steps<StepKernel<48, 8, 9., 0.86>>;
// Passes to 0.38 as well, stops (-140 dB) at half.
using FineStepBlock = Steps<StepKernel<72, 10, 14., 0.86>>;

// Calls at(frame, age) for each wrap of a steady phase, as a signed number, in one block.
template <class At>
void each_wrap(uint64_t phase, uint64_t step, At at) {
    // From wrap to wrap. One more frame than `whole` takes the phase past its end.
    uint64_t from_end = ~(phase ^ 1ull << 63);
    for (uint64_t i = 0; step;) {
        i += from_end / step;
        if (i >= kBlock) break;
        const uint64_t beyond = step - 1 - from_end % step;
        at(int(i), float(beyond) / float(step));
        from_end = ~beyond;
        ++i;
    }
}

// Adds a saw that rises from -height to height while the phase, as a signed number, goes through its range.
template <class Block>
void add_saw(Block& block, uint64_t& phase, uint64_t step, float height) {
    int32_t place[kBlock];
    places(phase + step, step, place);
    for (int i = 0; i < kBlock; ++i) block.naive(i) += float(place[i]) * (height / 2147483648.f);
    each_wrap(phase, step, [&](int i, float age) { block.jump(i, age, -2 * height); });
    phase += kBlock * step;
}

// The same with a step of its own for each frame; steps beyond half a turn go backwards.
template <class Block>
void add_saw(Block& block, uint64_t& phase, const uint64_t* steps, float height, int begin = 0, int end = kBlock) {
    for (int i = begin; i < end; ++i) {
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
