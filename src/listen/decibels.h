// Decibels with a floor: silence has a number too.
#pragma once
#include <algorithm>
#include <cmath>

namespace chronus {

inline constexpr double kSilence = -120;

// An infinite loudness is silence; so is what is no number.
inline double floored(double decibels) {
    return decibels > kSilence ? decibels : kSilence;
}
inline double power_decibels(double power) {
    return floored(10 * std::log10(std::max(power, 0.0)));
}
inline double decibels(double amplitude) {
    return floored(20 * std::log10(std::max(amplitude, 0.0)));
}

}  // namespace chronus
