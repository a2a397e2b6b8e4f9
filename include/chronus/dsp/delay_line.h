// A delay line that is read between its frames by a windowed sinc of eight taps: far truer in the treble than a
// cubic, so that what wavers goes on sounding as bright as it came. The ring stands twice in memory, one after the
// other, so that no reading wraps.
#pragma once
#include <chronus/dsp/windowed_sinc.h>
#include <chronus/module.h>

namespace chronus {

struct FractionTable {
    static constexpr int kTaps = 8, kRows = 256;
    float row[kRows + 1][kTaps]{};  // for t = row / kRows, oldest frame first
    constexpr FractionTable() {
        const kernel::Kaiser window(6);
        for (int r = 0; r <= kRows; ++r) {
            double taps[kTaps]{}, sum = 0;
            for (int k = 0; k < kTaps; ++k) {
                const double x = k - kTaps / 2 + double(r) / kRows;
                sum += taps[k] = kernel::sinc(x) * window(x / (kTaps / 2));
            }
            for (int k = 0; k < kTaps; ++k) row[r][k] = float(taps[k] / sum);
        }
    }
};

struct DelayLine {
    static constexpr int kLeast = FractionTable::kTaps / 2;  // frames before the one that is not yet written

    float* ring = nullptr;
    int mask = 0;

    void prepare(Arena& arena, double frames) {
        int size = kBlock;
        while (size < frames + FractionTable::kTaps) size *= 2;
        ring = arena.floats(2 * size_t(size));
        mask = size - 1;
    }

    void write(int at, float x) { ring[at & mask] = ring[(at & mask) + mask + 1] = x; }

    // `delay` frames before frame `at`, for kLeast <= delay < what was prepared.
    float read(int at, float delay) const {
        const int whole = int(delay);
        const float place = (delay - float(whole)) * FractionTable::kRows;
        const int below = int(place);
        const float t = place - float(below);
        const Four *a = fours(kFractions.row[below]), *b = fours(kFractions.row[below + 1]);
        const Four* x = fours(ring + ((at - whole - FractionTable::kTaps / 2) & mask));
        const Four sum = (a[0] + (b[0] - a[0]) * t) * x[0] + (a[1] + (b[1] - a[1]) * t) * x[1];
        return (sum[0] + sum[2]) + (sum[1] + sum[3]);
    }

private:
    // Four taps at once, on every processor: so the order of the sum, and its bits, are the same.
    typedef float Four __attribute__((vector_size(16), aligned(4), may_alias));
    static const Four* fours(const float* x) { return reinterpret_cast<const Four*>(x); }

    static constexpr FractionTable kFractions{};
};

// The same up to 1, then bent towards 2: a ceiling for what is fed back, which no setting can run away through.
inline float soft_ceiling(float x) {
    const float over = abs(x) - 1;
    if (over <= 0) return x;
    const float bent = 1 + over / (1 + over);
    return x < 0 ? -bent : bent;
}

}  // namespace chronus
