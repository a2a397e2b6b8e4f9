// What is sent into a module under test, and what is asked of what comes out.
#pragma once
#include <random>

#include "sound/measure.h"
#include "sound/specimen.h"

namespace sound {

inline Samples impulse(float height, size_t length) {
    Samples samples(length);
    samples[0] = height;
    return samples;
}
inline Samples sine(double hertz, double height, size_t length) {
    Samples samples(length);
    for (size_t i = 0; i < length; ++i)
        samples[i] = float(height * std::sin(2 * M_PI * std::fmod(hertz / 48000 * double(i), 1.0)));
    return samples;
}
inline Samples noise(size_t length, float height, unsigned seed) {
    std::mt19937 chance(seed);
    Samples samples(length);
    for (float& s : samples) s = height * (float(chance()) / 2147483648.f - 1);
    return samples;
}
// A value a frame, anywhere between; in octaves where `low` is above 0.
inline Samples jumps(size_t length, float low, float high, unsigned seed) {
    std::mt19937 chance(seed);
    Samples samples(length);
    for (float& s : samples) {
        const float place = float(chance()) / 4294967296.f;
        s = low > 0 ? low * std::pow(high / low, place) : low + (high - low) * place;
    }
    return samples;
}
// Every harmonic below half the frame rate, 1 / n each.
inline Samples saw(double hertz, double height, size_t length) {
    Samples samples(length);
    for (int n = 1; n * hertz < 23000; ++n) {
        const Samples part = sine(n * hertz, height / n, length);
        for (size_t i = 0; i < length; ++i) samples[i] += part[i];
    }
    return samples;
}

// The response of what is linear and stands still, from its impulse response.
struct ResponseOf {
    Samples taps;
    double height = 1;
    double operator()(double hertz) const {
        std::complex<double> sum = 0;
        for (size_t i = 0; i < taps.size(); ++i)
            sum += double(taps[i]) * std::polar(1.0, -2 * M_PI * std::fmod(hertz / 48000 * double(i), 1.0));
        return std::abs(sum) / height;
    }
    double db(double hertz) const { return decibels((*this)(hertz)); }
};

// The loudest line above 8 kHz in any window of 512 frames: where a low tone came in, what clicks.
inline double treble_db(const Samples& samples) {
    double most = 0;
    for (size_t at = 0; at + 512 <= samples.size(); at += 128) {
        const std::vector<double> lines = spectrum(&samples[at], 512);
        for (size_t k = 8000 * 512 / 48000; k < 256; ++k) most = std::max(most, lines[k]);
    }
    return decibels(most);
}

inline double largest_step(const Samples& samples, size_t first = 0) {
    double most = 0;
    for (size_t i = first + 1; i < samples.size(); ++i)
        most = std::max(most, double(std::fabs(samples[i] - samples[i - 1])));
    return most;
}

}  // namespace sound
