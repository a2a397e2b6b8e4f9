// A stereo true-peak limiter with look-ahead: peaks as ITU-R BS.1770 annex 2 finds them, but at 8 x; the gain
// by sliding minimum, hold, exponential release and two box filters (G. Luff, "Designing a straightforward
// limiter", 2022). Chosen because below the ceiling its gain is exactly 1: the output is then the input,
// delayed, bit for bit.
#pragma once
#include <chronus/batch.h>
#include <chronus/dsp/windowed_sinc.h>
#include <chronus/math.h>

namespace chronus {

// The points between two frames, kTimes a frame, found by a windowed sinc over kTaps frames.
struct PeakFilter {
    static constexpr int kTimes = 8, kTaps = 32;
    float taps[kTimes - 1][kTaps]{};
    float most = 0;  // that a peak can be above the frames around it: all taps of one sign, and the parabola's half
    constexpr PeakFilter() {
        const kernel::Kaiser window(3);  // errs by 0.05 dB at most up to 20 kHz of 48
        for (int p = 1; p < kTimes; ++p) {
            double sum = 0;
            for (int t = 0; t < kTaps; ++t) sum += tap(p, t, window);
            double all = 0;
            for (int t = 0; t < kTaps; ++t) {
                taps[p - 1][t] = float(tap(p, t, window) / sum);
                all += taps[p - 1][t] < 0 ? -taps[p - 1][t] : taps[p - 1][t];
            }
            most = 1.5 * all > most ? float(1.5 * all) : most;
        }
    }
    static constexpr double tap(int phase, int t, const kernel::Kaiser& window) {
        const double x = t - (kTaps / 2 - 1) - double(phase) / kTimes;
        return kernel::sinc(x) * window(x / (kTaps / 2));
    }
};

struct Limiter {
    static constexpr int kLatency = 64;   // frames: 1.33 ms at 48 kHz
    float ceiling = 0.8912509f;           // -1 dB true peak
    bool enabled = true;                  // disabled, it lets go smoothly and goes on delaying

    void set_rate(double rate) noexcept {
        hold_frames_ = int(rate * 0.012);
        release_ = exp(float(-1.0 / (rate * 0.080)));
    }

    // Any number of frames; in place if the buffers are the same.
    void process(const float* left_in, const float* right_in, float* left, float* right,
                 int frames) noexcept {
        lowest_ = 1;
        for (int at = 0; at < frames; at += kChunk) {
            const int n = frames - at < kChunk ? frames - at : kChunk;
            const float* in[2] = {left_in + at, right_in + at};
            float* out[2] = {left + at, right + at};
            chunk(in, out, n);
        }
    }

    // How far the gain went down in the last call, in dB: 0 where nothing was limited.
    float reduction() const noexcept { return lowest_ < 1 ? -6.0205999f * log2(lowest_) : 0.f; }

private:
    static constexpr int kChunk = 64;
    // The newest frame's peak lies kTaps / 2 frames back. The gain reaches what a peak asks for over the two
    // boxes and stays there while the frames around it pass, as the peak between frames belongs to all of
    // them.
    static constexpr int kLongBox = 32, kShortBox = 16;
    static constexpr int kWindow = 64;  // of the minimum: 50 until the peak's frame goes out, 14 beyond
    static constexpr uint32_t kOne = 1u << 22;  // in fixed point boxes full of 0 give exactly 0
    static_assert(kLatency >= PeakFilter::kTaps / 2 + kLongBox + kShortBox - 2 + 1);
    // What is limited goes 0.17 dB lower: a gain on the move, and what lies above the filters' 20 kHz, add that much.
    static constexpr float kReserve = 0.9806f;
    static constexpr PeakFilter kFilter{};

    float past_[2][kLatency + kChunk + kLanes]{};  // whole packs are read, some of them too far
    float wanted_[kWindow + kChunk]{};  // the gain each peak asks for, less 1: at rest 0
    uint32_t long_[kLongBox]{}, short_[kShortBox]{};  // what is in the boxes: reductions, kOne times 1 - gain
    uint32_t long_sum_ = 0, short_sum_ = 0, turn_ = 0;
    float held_ = 0;  // 1 - gain
    int hold_ = 0, hold_frames_ = 576;
    int calm_ = 0;  // frames since the last wish, up to kWindow
    float release_ = 0.99974f;
    float lowest_ = 1;

    void chunk(const float* const* in, float* const* out, int n) noexcept {
        for (int c = 0; c < 2; ++c) __builtin_memcpy(past_[c] + kLatency, in[c], sizeof(float) * n);
        if (rests() && is_low(n)) {
            for (int c = 0; c < 2; ++c) __builtin_memcpy(out[c], past_[c], sizeof(float) * n);
            turn_ += uint32_t(n);
            return go_on(n);
        }
        float peaks[kChunk] = {};
        for (int c = 0; c < 2; ++c) find_peaks(past_[c] + kLatency - (PeakFilter::kTaps - 1), peaks, n);
        const float aim = ceiling * kReserve;
        for (int i = 0; i < n; ++i)
            wanted_[kWindow + i] = enabled && peaks[i] > ceiling ? aim / peaks[i] - 1.f : 0.f;
        for (int i = 0; i < n; ++i) calm_ = wanted_[kWindow + i] != 0 ? 0 : calm_ < kWindow ? calm_ + 1 : calm_;
        float least[kChunk];
        slide_minimum(least, n);
        for (int i = 0; i < n; ++i) {
            const float gain = smooth(hold(-least[i]));
            lowest_ = min(lowest_, gain);
            for (int c = 0; c < 2; ++c) out[c][i] = past_[c][i] * gain;
        }
        __builtin_memmove(wanted_, wanted_ + n, sizeof(float) * kWindow);
        go_on(n);
    }

    void go_on(int n) noexcept {
        for (int c = 0; c < 2; ++c) __builtin_memmove(past_[c], past_[c] + n, sizeof(float) * kLatency);
    }

    // Nothing is limited, and nothing that has come asks for it: the gain is 1.
    bool rests() const noexcept { return calm_ == kWindow && held_ == 0 && long_sum_ == 0 && short_sum_ == 0; }
    // No peak can be above the ceiling. Not so of NaN.
    bool is_low(int n) const noexcept {
        const float limit = ceiling / kFilter.most;
        bool low = true;
        for (int c = 0; c < 2; ++c)
            for (int i = kLatency - PeakFilter::kTaps; i < kLatency + n; ++i) low &= abs(past_[c][i]) <= limit;
        return low;
    }

    // The largest of each frame in the filter's middle and what lies up to the next one. A peak stands between the
    // points of even so fine a grid (0.12 dB of it at 20 kHz): a parabola through three points finds its height.
    static void find_peaks(const float* x, float* peaks, int n) noexcept {
        constexpr int kMiddle = PeakFilter::kTaps / 2 - 1, kTimes = PeakFilter::kTimes;
        float row[kTimes][kChunk + kLanes];  // of each point in the frame, from one frame before to one after
        for (int i = -1; i <= n; ++i) row[0][i + 1] = x[i + kMiddle];
        for (int i = 0; i <= n; i += kLanes) {
            Lanes sum[kTimes - 1];
            for (Lanes& s : sum) s = Lanes(0.f);
            for (int t = 0; t < PeakFilter::kTaps; ++t) {
                const Lanes at = load(x + i - 1 + t);
                for (int p = 0; p < kTimes - 1; ++p) sum[p] += Lanes(kFilter.taps[p][t]) * at;
            }
            for (int p = 1; p < kTimes; ++p) store(row[p] + i, sum[p - 1]);
        }
        for (int p = 0; p < kTimes; ++p) {
            const float* before = p > 0 ? row[p - 1] + 1 : row[kTimes - 1];
            const float* after = p < kTimes - 1 ? row[p + 1] + 1 : row[0] + 2;
            const float* here = row[p] + 1;
            for (int i = 0; i < n; ++i) {
                const float slope = after[i] - before[i], bend = 2 * here[i] - after[i] - before[i];
                const float steep = abs(bend), height = abs(here[i]);
                const float above = slope * slope / (8 * max(steep, 1e-30f));
                const bool top = abs(slope) <= steep && bend * here[i] > 0;
                peaks[i] = max(peaks[i], top ? height + above : height);
            }
        }
    }

    // least[i]: the minimum of the newest kWindow wishes, by doubling.
    void slide_minimum(float* least, int n) noexcept {
        float m[2][kWindow + kChunk];
        __builtin_memcpy(m[0], wanted_, sizeof m[0]);
        int from = 0, first = 0;
        for (int span = 1; span < kWindow; span *= 2, from ^= 1) {
            first += span;
            for (int i = first; i < kWindow + n; ++i) m[from ^ 1][i] = min(m[from][i], m[from][i - span]);
        }
        __builtin_memcpy(least, m[from] + kWindow, sizeof(float) * n);
    }

    // Down at once, up by an exponential after a while; both as 1 - gain. Peaks within 0.1 % of the last keep
    // it where it is, so that a steady tone is not modulated.
    float hold(float wanted) noexcept {
        if (wanted > 0 && 1 - wanted <= (1 - held_) * 1.001f) hold_ = hold_frames_;
        else if (hold_ > 0) --hold_;
        else held_ *= release_;
        if (held_ < 1e-6f) held_ = 0;
        return held_ = max(held_, wanted);
    }

    float smooth(float wanted) noexcept {
        const uint32_t reduction = uint32_t(float(kOne) * wanted + 0.999f);
        uint32_t& oldest = long_[turn_ % kLongBox];
        long_sum_ += reduction - oldest;
        oldest = reduction;
        uint32_t& oldest_sum = short_[turn_ % kShortBox];
        short_sum_ += long_sum_ - oldest_sum;
        oldest_sum = long_sum_;
        ++turn_;
        return float(1.0 - short_sum_ * (1.0 / (double(kOne) * kLongBox * kShortBox)));
    }
};

}  // namespace chronus
