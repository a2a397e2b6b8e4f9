// Which lines a periodic wave has, and which it should not have.
#pragma once
#include "sound/measure.h"
#include "sound/specimen.h"

namespace sound {

// How far the loudest line that is no harmonic lies below 1, up to `top`, and how far harmonics up to 16 kHz stray from
// `wanted`.
struct Lines {
    double alias_db, alias_sum_db, stray_db;
};

template <class Wanted>
Lines lines_of(const Samples& wave, double hertz, Wanted wanted, double top = 24000) {
    const size_t n = 1 << 16;
    const std::vector<double> lines = spectrum(wave.data() + 256, n);
    std::vector<bool> harmonic(n / 2);
    const double bins = hertz * double(n) / 48000;
    double stray = 0, scale = 0;
    for (int h = 0; h * bins < double(n / 2); ++h) {
        const int middle = int(std::lround(h * bins));
        double power = 0;
        for (int k = std::max(0, middle - kLobe); k <= std::min(int(n / 2) - 1, middle + kLobe); ++k) {
            harmonic[k] = true;
            power += lines[k] * lines[k];
        }
        if (h == 0 || h * hertz > 16000 || wanted(h) < 0.01 / h) continue;
        const double ratio = std::sqrt(power) / wanted(h);
        if (scale == 0) scale = ratio;
        stray = std::max(stray, std::fabs(decibels(ratio / scale)));
    }
    double worst = 0, sum = 0;
    for (size_t k = 0; k < size_t(top / 48000 * n); ++k) {
        if (harmonic[k]) continue;
        worst = std::max(worst, lines[k]);
        sum += lines[k] * lines[k];
    }
    return {decibels(worst), decibels(std::sqrt(sum / 2)), stray};
}

// The same where only what does not belong is asked for.
inline Lines lines_of(const Samples& wave, double hertz, double top = 24000) {
    return lines_of(wave, hertz, [](int) { return 0.0; }, top);
}

}  // namespace sound
