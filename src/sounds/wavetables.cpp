#include "sounds/wavetables.h"

#include <chronus/dsp/windowed_sinc.h>
#include <fmt/format.h>
#include <kiss_fft.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace chronus {
namespace {

constexpr std::size_t kHarmonics = StoredSound::kMostHarmonics;
constexpr std::size_t kFrames = 16;  // a factory set has as many cycles

using Amplitudes = std::vector<double>;  // of sines, from the fundamental on
// `morph` goes from 0, the first cycle, to 1, the last one; h from 1.
using Shape = double (*)(double morph, int h);

double saw(int h) { return 1.0 / h; }
double square(int h) { return h % 2 ? 1.0 / h : 0; }
double triangle(int h) { return h % 2 ? (h % 4 == 1 ? 1.0 : -1.0) / (h * h) : 0; }
double sine(int h) { return h == 1 ? 1 : 0; }

// Sine, triangle, saw, square, each passing into the next.
double basic(double morph, int h) {
    const std::array<double (*)(int), 4> waves{sine, triangle, saw, square};
    const std::size_t from = std::min<std::size_t>(2, static_cast<std::size_t>(morph * 3));
    const double part = morph * 3 - static_cast<double>(from);
    return waves[from](h) * (1 - part) + waves[from + 1](h) * part;
}

// A pulse from half to a twentieth of its cycle.
double pulse(double morph, int h) { return kernel::sin_pi(h * (0.5 - 0.45 * morph)) / h; }

// A bell around a harmonic.
double around(double h, double centre, double width) { return 1.0 / (1.0 + (h - centre) * (h - centre) / (width * width)); }

// a, e, i, o, u: the formants of a man's voice (Peterson & Barney, 1952) at 110 Hz.
double vowel(double morph, int h) {
    struct Formants { double first, second, third; };
    constexpr std::array<Formants, 5> vowels{{{730, 1090, 2440}, {530, 1840, 2480}, {270, 2290, 3010}, {570, 840, 2410}, {300, 870, 2240}}};
    const std::size_t from = std::min<std::size_t>(3, static_cast<std::size_t>(morph * 4));
    const double part = morph * 4 - static_cast<double>(from);
    const auto at = [&](double Formants::*formant) { return (vowels[from].*formant * (1 - part) + vowels[from + 1].*formant * part) / 110; };
    return (around(h, at(&Formants::first), 0.8) + 0.5 * around(h, at(&Formants::second), 0.9) + 0.25 * around(h, at(&Formants::third), 1.2) + 0.05) / std::sqrt(h);
}

// Drawbars, pulled one after the other.
double organ(double morph, int h) {
    constexpr std::array<int, 8> bars{1, 2, 3, 4, 6, 8, 12, 16};
    for (std::size_t b = 0; b < bars.size(); ++b)
        if (bars[b] == h) return std::clamp(morph * 7 + 1 - static_cast<double>(b), 0.0, 1.0) / std::sqrt(h);
    return 0;
}

// A resonance that climbs over a saw, as of an oscillator in hard sync.
double sweep(double morph, int h) {
    const double centre = 1 + 31 * morph * morph;
    return (0.3 + 2.5 * around(h, centre, 0.5 + 0.1 * centre)) / h;
}

// Primes only, ever more of them: glass and metal.
double glass(double morph, int h) {
    for (int d = 2; d * d <= h; ++d)
        if (h % d == 0) return 0;
    return 1.0 / (1 + (h - 1) * (1.5 - 1.4 * morph));
}

struct Factory {
    const char* name;
    Shape shape;
};
constexpr std::array<Factory, 6> kFactory{{{"basic", basic}, {"pulse", pulse}, {"vowel", vowel}, {"organ", organ}, {"sweep", sweep}, {"glass", glass}}};

// Its highest frame is at 1: harmonics in sine phase peak near the beginning, so a coarse look suffices.
void to_full_scale(Harmonics& cycle) {
    double peak = 0;
    for (int i = 0; i < 512; ++i) {
        double sum = 0;
        for (std::size_t h = 1; h <= 128; ++h) sum += cycle.sines[h - 1] * kernel::sin_pi(2.0 * i * static_cast<double>(h) / 512);
        peak = std::max(peak, std::fabs(sum));
    }
    for (float& sine : cycle.sines) sine = static_cast<float>(sine / peak);
}

Harmonics analyse(const std::vector<float>& frames, std::size_t first, std::size_t length) {
    std::vector<kiss_fft_cpx> wave(length), spectrum(length);
    for (std::size_t i = 0; i < length; ++i) wave[i] = {frames[first + i], 0};
    const kiss_fft_cfg plan = kiss_fft_alloc(static_cast<int>(length), 0, nullptr, nullptr);
    kiss_fft(plan, wave.data(), spectrum.data());
    kiss_fft_free(plan);
    Harmonics cycle{std::vector<float>(kHarmonics), std::vector<float>(kHarmonics)};
    const float scale = 2.0f / static_cast<float>(length);
    for (std::size_t h = 1; h <= kHarmonics && 2 * h < length; ++h) {
        cycle.cosines[h - 1] = spectrum[h].r * scale;
        cycle.sines[h - 1] = -spectrum[h].i * scale;
    }
    return cycle;
}

}  // namespace

const std::vector<std::string>& factory_tables() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const Factory& table : kFactory) all.emplace_back(table.name);
        return all;
    }();
    return names;
}

std::vector<Harmonics> factory_table(std::string_view name) {
    std::vector<Harmonics> cycles;
    for (const Factory& table : kFactory) {
        if (table.name != name) continue;
        for (std::size_t c = 0; c < kFrames; ++c) {
            Harmonics cycle{std::vector<float>(kHarmonics), std::vector<float>(kHarmonics)};
            for (std::size_t h = 1; h <= kHarmonics; ++h)
                cycle.sines[h - 1] = static_cast<float>(table.shape(static_cast<double>(c) / (kFrames - 1), static_cast<int>(h)));
            to_full_scale(cycle);
            cycles.push_back(std::move(cycle));
        }
    }
    return cycles;
}

Result<std::vector<Harmonics>> cycles_of(const Recording& recording) {
    const std::size_t frames = recording.frames();
    std::size_t length = frames;
    for (const std::size_t usual : {256, 512, 1024, 2048})
        if (frames % usual == 0) length = usual;
    if (length > 16384 || length < 2)
        return Refusal{"range", fmt::format("{} frames are no set of single cycles: give cycles of 2048 frames, one behind the other", frames), ""};
    if (frames / length > StoredSound::kMostCycles)
        return Refusal{"range", fmt::format("{} cycles are more than {}", frames / length, StoredSound::kMostCycles), ""};
    std::vector<Harmonics> cycles;
    for (std::size_t first = 0; first + length <= frames; first += length) cycles.push_back(analyse(recording.channels.front(), first, length));
    return cycles;
}

}  // namespace chronus
