// Reading a recording between its frames and faster than it was made: a windowed sinc that is stretched by as much as
// the reading is faster, so that what would fold back is left out (J. O. Smith, "Digital Audio Resampling", 1984).
#pragma once
#include <chronus/dsp/windowed_sinc.h>
#include <chronus/module.h>

namespace chronus {

struct ResampleKernel {
    static constexpr int kReach = 16, kFine = 256;  // frames to either side, and points a frame: straight lines between
    float value[kReach * kFine + 2]{};              // two of them err by -94 dB

    constexpr ResampleKernel() {
        constexpr kernel::Kaiser window{8};
        for (int i = 0; i <= kReach * kFine; ++i) {
            const double x = double(i) / kFine;
            value[i] = float(0.92 * kernel::sinc(0.92 * x) * window(x / kReach));
        }
    }
};

// How a place between frames is read: as many weights as frames. `stretch` is 1 to 2.
struct Reading {
    static constexpr ResampleKernel kKernel{};
    static constexpr int kMost = 4 * ResampleKernel::kReach + 2;
    float weight[kMost];
    int first, count;  // relative to the frame at or before the place

    Reading(float fraction, float stretch) {
        const float reach = ResampleKernel::kReach * stretch, squeeze = 1.f / stretch;
        first = -int(reach - fraction);
        count = int(reach + fraction) - first + 1;
        for (int n = 0; n < count; ++n) {
            const float x = abs(float(first + n) - fraction) * squeeze * ResampleKernel::kFine;
            const int i = int(x);
            const float part = x - float(i), a = kKernel.value[i];
            weight[n] = (a + (kKernel.value[i + 1] - a) * part) * squeeze;
        }
    }
    float operator()(const float* frames) const {
        float sum = 0;
        for (int n = 0; n < count; ++n) sum += frames[first + n] * weight[n];
        return sum;
    }
};

}  // namespace chronus
