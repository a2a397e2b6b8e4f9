// A curve between four frames: third-order Hermite (O. Niemitalo, "Polynomial interpolators for high-quality
// resampling of oversampled audio", 2001), the cheapest without a corner at the frames.
#pragma once

namespace chronus {

// From b, at t = 0, to c, at t = 1; `before` and `after` lie on either side.
inline float hermite(float before, float b, float c, float after, float t) {
    const float slope = 0.5f * (c - before), bend = before - 2.5f * b + 2 * c - 0.5f * after;
    return ((0.5f * (after - before) + 1.5f * (b - c)) * t + bend) * t * t + slope * t + b;
}

}  // namespace chronus
