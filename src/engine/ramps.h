// Where a parameter's ramp leads, a value a frame.
#pragma once
#include <chronus/math.h>

#include "handoff/ramp.h"

namespace chronus {

// [audio] The next values, one a frame; the last of all is exactly `to`. A frame is worth `tempo` in beats.
inline void render(Ramp& ramp, float* out, int frames, std::int64_t tempo) noexcept {
    const std::int64_t step = ramp.shape.in_beats ? tempo : 1;
    const float octaves = ramp.shape.curve == Ramp::Curve::exponential ? log2(ramp.to / ramp.from) : 0.0f;
    const double scale = 1.0 / static_cast<double>(ramp.whole);
    for (int i = 0; i < frames; ++i) {
        ramp.done += step;
        if (ramp.done >= ramp.whole) {
            out[i] = ramp.to;
            continue;
        }
        const float x = static_cast<float>(static_cast<double>(ramp.done) * scale);
        switch (ramp.shape.curve) {
            case Ramp::Curve::linear: out[i] = ramp.from + (ramp.to - ramp.from) * x; break;
            case Ramp::Curve::exponential: out[i] = ramp.from * exp2(octaves * x); break;
            case Ramp::Curve::smooth: out[i] = ramp.from + (ramp.to - ramp.from) * (x * x * x * (10.0f + x * (6.0f * x - 15.0f))); break;
        }
    }
    if (ramp.done >= ramp.whole) ramp.whole = 0;
}

}  // namespace chronus
