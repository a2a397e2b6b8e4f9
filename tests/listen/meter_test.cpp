// Figures of signals whose figures are known.
#include "listen/meter.h"

#include <cmath>
#include <vector>

#include "catch.h"
#include "listen/words.h"

using namespace chronus;

namespace {

constexpr int kRate = 48000;

double ratio_of(double decibels) {
    return std::pow(10, decibels / 20);
}

std::vector<float> sine(double hertz, double amplitude, double seconds, double phase = 0) {
    std::vector<float> samples(static_cast<std::size_t>(seconds * kRate));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<float>(
            amplitude * std::sin(2 * M_PI * (hertz / kRate * static_cast<double>(i) + phase)));
    return samples;
}

// On both sides, in pieces of a block.
Figures figures_of(const std::vector<float>& samples, double limited = 0) {
    Meter meter(kRate);
    meter.limited(limited);
    for (std::size_t at = 0; at < samples.size(); at += 64)
        meter.add(samples.data() + at, samples.data() + at, std::min<std::size_t>(64, samples.size() - at));
    return meter.finish();
}

bool near(double found, double wanted, double tolerance) {
    return std::abs(found - wanted) <= tolerance;
}

}  // namespace

TEST_CASE("a sine of 997 Hz on both sides is as many LUFS as its amplitude is dBFS", "[listen]") {
    for (const double level : {-23.0, -20.0, -3.0}) {
        const Figures figures = figures_of(sine(997, ratio_of(level), 5));
        CAPTURE(level, figures.integrated, figures.momentary, figures.short_term);
        CHECK(near(figures.integrated, level, 0.1));
        CHECK(near(figures.momentary, level, 0.1));
        CHECK(near(figures.short_term, level, 0.1));
        CHECK(near(figures.true_peak, level, 0.1));
        CHECK(near(figures.rms, level - 3.01, 0.01));
        CHECK(near(figures.crest, 3.01, 0.01));
        CHECK(figures.seconds == 5);
        CHECK_FALSE(figures.silent);
        CHECK_FALSE(figures.clipping);
    }
}

TEST_CASE("what is shorter than a window of loudness is measured as a whole", "[listen]") {
    for (const double seconds : {0.2, 0.5, 2.0}) {
        const Figures figures = figures_of(sine(997, 0.1, seconds));
        CAPTURE(seconds, figures.integrated, figures.momentary, figures.short_term);
        CHECK(near(figures.integrated, -20, 0.3));
        CHECK(near(figures.momentary, -20, 0.3));
        CHECK(near(figures.short_term, -20, 0.3));
    }
}

TEST_CASE("momentary and short-term loudness are those of the loudest moment", "[listen]") {
    std::vector<float> samples = sine(997, 0.1, 4);
    const std::vector<float> quiet = sine(997, 0.001, 4);
    samples.insert(samples.end(), quiet.begin(), quiet.end());
    const Figures figures = figures_of(samples);
    CHECK(near(figures.momentary, -20, 0.1));
    CHECK(near(figures.short_term, -20, 0.1));
}

TEST_CASE("the true peak lies between the samples", "[listen]") {
    const Figures figures = figures_of(sine(kRate / 4.0, 0.5, 1, 0.125));
    CHECK(near(figures.true_peak, -6.02, 0.2));
    CHECK(near(figures.rms + figures.crest, -9.03, 0.01));  // the highest sample
}

TEST_CASE("a sine in the middle of a band has its energy there", "[listen]") {
    for (std::size_t b = 0; b < kBands.size(); ++b) {
        const Figures figures = figures_of(sine(std::sqrt(kBands[b].low * kBands[b].high), 0.25, 2));
        for (std::size_t other = 0; other < kBands.size(); ++other) {
            CAPTURE(kBands[b].name, kBands[other].name, figures.bands[other]);
            if (other == b) CHECK(near(figures.bands[other], 0, 0.1));
            else CHECK(figures.bands[other] < -30);
        }
    }
}

TEST_CASE("two sines share the whole", "[listen]") {
    std::vector<float> samples = sine(85, 0.4, 2);
    const std::vector<float> high = sine(4200, 0.04, 2);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] += high[i];
    const Figures figures = figures_of(samples);
    CHECK(near(figures.bands[1], -0.04, 0.05));
    CHECK(near(figures.bands[5], -20.04, 0.1));
}

TEST_CASE("silence is said where nothing is above -70 dBFS", "[listen]") {
    const auto said = [](const Figures& figures) {
        return std::get<std::string>(words_of(figures, "master", true)[3]);
    };
    CHECK(said(figures_of(std::vector<float>(kRate, 0.0f))) == "SILENT");
    CHECK(said(figures_of(sine(997, ratio_of(-71.0), 1))) == "SILENT");
    CHECK(said(figures_of(sine(997, ratio_of(-69.0), 1))) == "sound");
    const Figures nothing = figures_of(std::vector<float>(kRate, 0.0f));
    for (const double figure : {nothing.integrated, nothing.momentary, nothing.short_term, nothing.true_peak,
                                nothing.rms, nothing.bands[0], nothing.bands[7]})
        CHECK(figure == -120);
    CHECK(nothing.crest == 0);
}

TEST_CASE("clipping is said of samples at full scale and of more than 6 dB that the limiter took",
          "[listen]") {
    std::vector<float> samples = sine(100, 0.5, 1);
    CHECK_FALSE(figures_of(samples, 6).clipping);
    CHECK(figures_of(samples, 6.1).clipping);
    CHECK(figures_of(samples, 6.1).limiting == 6.1);
    for (std::size_t i = 0; i < 480; ++i) samples[i * 10] = i % 2 ? 1.0f : -1.0f;
    const Figures figures = figures_of(samples);
    CHECK(figures.clipping);
    CHECK(near(figures.clipped, 1, 1e-9));
    CHECK(std::get<std::string>(words_of(figures, "master", true)[3]) == "CLIPPING");
}

TEST_CASE("one side alone counts half", "[listen]") {
    const std::vector<float> samples = sine(997, 0.1, 2), nothing(samples.size(), 0.0f);
    Meter meter(kRate);
    meter.add(samples.data(), nothing.data(), samples.size());
    const Figures figures = meter.finish();
    CHECK(near(figures.integrated, -23.01, 0.1));
    CHECK(near(figures.rms, -26.02, 0.01));
    const double both = ratio_of(2 * figures.bands[3]) + ratio_of(2 * figures.bands[4]);
    CHECK(near(both, 1, 1e-2));  // of mid and upper-mid, at whose edge it stands; ratio_of(2 x) is a power
}

TEST_CASE("the answer is names and values, with the limiter for the master only", "[listen]") {
    const Figures figures = figures_of(sine(997, 0.1, 1));
    const auto master = words_of(figures, "master", true), module = words_of(figures, "bass", false);
    CHECK(master.size() == 40);
    CHECK(module.size() == 38);
    for (std::size_t i = 0; i < master.size(); i += 2) CHECK(std::holds_alternative<std::string>(master[i]));
    CHECK(module[1] == Argument(std::string("bass")));
}
