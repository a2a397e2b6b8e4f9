// Measures of rendered sound, in double and without a clock: spectra under a window whose side lobes lie
// below -190 dB, least-squares fits of a sine, true peak.
#pragma once
#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <map>
#include <vector>

namespace sound {

inline double decibels(double gain) {
    return 20 * std::log10(std::max(gain, 1e-20));
}

// Radix 2, so powers of two only. In double: a transform in float has a floor of its own at -130 dB.
inline void fourier(std::vector<std::complex<double>>& x) {
    const size_t n = x.size();
    for (size_t i = 1, j = 0; i < n; ++i) {
        size_t bit = n >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) std::swap(x[i], x[j]);
    }
    std::vector<std::complex<double>> turn(n / 2);
    for (size_t k = 0; k < n / 2; ++k) turn[k] = std::polar(1.0, -2 * M_PI * double(k) / double(n));
    for (size_t span = 1; span < n; span *= 2)
        for (size_t i = 0; i < n; i += 2 * span)
            for (size_t k = 0; k < span; ++k) {
                const auto odd = x[i + k + span] * turn[k * (n / (2 * span))];
                x[i + k + span] = x[i + k] - odd;
                x[i + k] += odd;
            }
}

// Amplitudes of the lines of a spectrum: a sine of amplitude 1 shows as 1 at its bin (and about it, kLobe
// bins wide). Window: Kaiser, beta 24.
constexpr int kLobe = 9;
inline const std::vector<double>& window_of(size_t n) {
    static std::map<size_t, std::vector<double>> windows;
    std::vector<double>& window = windows[n];
    if (!window.empty()) return window;
    const auto bessel = [](double z) {
        double term = 1, sum = 1;
        for (int k = 1; k < 60; ++k) sum += term *= z * z / (4.0 * k * k);
        return sum;
    };
    double whole = 0;
    for (size_t i = 0; i < n; ++i) {
        const double t = 2 * (double(i) + 0.5) / double(n) - 1;
        window.push_back(bessel(24 * std::sqrt(1 - t * t)));
        whole += window.back();
    }
    for (double& w : window) w *= 2 / whole;
    return window;
}
inline std::vector<double> spectrum(const float* samples, size_t n) {
    const std::vector<double>& window = window_of(n);
    std::vector<std::complex<double>> x(n);
    for (size_t i = 0; i < n; ++i) x[i] = window[i] * samples[i];
    fourier(x);
    std::vector<double> lines(n / 2);
    for (size_t k = 0; k < n / 2; ++k) lines[k] = std::abs(x[k]);
    return lines;
}

// The sine that fits best: amplitude, phase in turns at the first sample, and the rms of what is left.
struct Fit {
    double amplitude, phase, rest;
};
inline Fit fit_sine(const float* samples, size_t n, double hertz, double rate) {
    // Normal equations over sine, cosine and a constant.
    double a[3][4] = {};
    const auto basis = [&](size_t i, double* b) {
        const double w = 2 * M_PI * std::fmod(hertz / rate * double(i), 1.0);
        b[0] = std::sin(w), b[1] = std::cos(w), b[2] = 1;
    };
    for (size_t i = 0; i < n; ++i) {
        double b[3];
        basis(i, b);
        for (int r = 0; r < 3; ++r) {
            for (int c = 0; c < 3; ++c) a[r][c] += b[r] * b[c];
            a[r][3] += b[r] * samples[i];
        }
    }
    for (int p = 0; p < 3; ++p)
        for (int r = 0; r < 3; ++r)
            if (r != p) {
                const double f = a[r][p] / a[p][p];
                for (int c = p; c < 4; ++c) a[r][c] -= f * a[p][c];
            }
    const double s = a[0][3] / a[0][0], c = a[1][3] / a[1][1], d = a[2][3] / a[2][2];
    double rest = 0;
    for (size_t i = 0; i < n; ++i) {
        double b[3];
        basis(i, b);
        const double e = samples[i] - s * b[0] - c * b[1] - d * b[2];
        rest += e * e;
    }
    return {std::hypot(s, c), std::atan2(c, s) / (2 * M_PI), std::sqrt(rest / double(n))};
}

inline double sinad(const float* samples, size_t n, double hertz, double rate) {
    const Fit fit = fit_sine(samples, n, hertz, rate);
    return decibels(fit.amplitude * M_SQRT1_2 / fit.rest);
}

// The frequency near `hertz`, by how far the phase of the fit moves from the first half to the second.
inline double frequency(const float* samples, size_t n, double hertz, double rate) {
    const size_t half = n / 2;
    const double first = fit_sine(samples, half, hertz, rate).phase;
    const double second = fit_sine(samples + half, half, hertz, rate).phase;
    double moved = second - first - std::fmod(hertz / rate * double(half), 1.0);
    moved -= std::round(moved);
    return hertz + moved * rate / double(half);
}

inline double cents(double measured, double wanted) {
    return 1200 * std::log2(measured / wanted);
}

inline double peak(const std::vector<float>& samples, size_t first = 0, size_t last = SIZE_MAX) {
    double most = 0;
    for (size_t i = first; i < std::min(last, samples.size()); ++i)
        most = std::max(most, double(std::fabs(samples[i])));
    return most;
}
inline double rms(const std::vector<float>& samples, size_t first = 0, size_t last = SIZE_MAX) {
    double sum = 0;
    last = std::min(last, samples.size());
    for (size_t i = first; i < last; ++i) sum += double(samples[i]) * samples[i];
    return std::sqrt(sum / double(last - first));
}
inline bool finite(const std::vector<float>& samples) {
    for (float s : samples)
        if (!std::isfinite(s)) return false;
    return true;
}

}  // namespace sound
