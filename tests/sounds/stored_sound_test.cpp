// Recordings and wavetables as modules get them.
#include "sounds/stored_sound.h"

#include <cmath>

#include "catch.h"
#include "sound/measure.h"
#include "sounds/wavetables.h"

using namespace chronus;

namespace {

Recording sine(double hertz, double rate, std::size_t frames, std::size_t channels = 1) {
    Recording recording{.channels = std::vector<std::vector<float>>(channels, std::vector<float>(frames)), .rate = rate};
    for (auto& channel : recording.channels)
        for (std::size_t i = 0; i < frames; ++i)
            channel[i] = static_cast<float>(std::sin(2 * M_PI * hertz * static_cast<double>(i) / rate));
    return recording;
}

std::vector<float> cycle_of(const chronus_sound& sound, std::uint32_t level, std::uint32_t cycle) {
    const chronus_level& at = sound.levels[level];
    const float* first = at.samples[0] + cycle * (at.frames + 3);
    return {first, first + at.frames};
}

}  // namespace

TEST_CASE("each level of a recording has half of the rate, and no alias of what it cannot hold", "[sounds]") {
    const auto low = StoredSound::of(sine(1000, 48000, 48000)), high = StoredSound::of(sine(17000, 48000, 48000));
    const chronus_sound &kept = low->view(), &gone = high->view();
    REQUIRE(kept.level_count == 8);
    for (std::uint32_t l = 1; l < 4; ++l) {
        const chronus_level& level = kept.levels[l];
        REQUIRE(level.frames == 48000u >> l);
        const std::vector<float> middle(level.samples[0] + 1000, level.samples[0] + level.frames - 1000);
        CHECK(sound::rms(middle) == Approx(std::sqrt(0.5)).epsilon(0.001));
        CHECK(sound::decibels(sound::rms({gone.levels[l].samples[0] + 1000, gone.levels[l].samples[0] + level.frames - 1000})) < -85);
    }
}

TEST_CASE("there is silence around a recording, and a mono one stands on both sides", "[sounds]") {
    const auto sound = StoredSound::of(sine(1000, 44100, 5000));
    for (std::uint32_t l = 0; l < sound->view().level_count; ++l) {
        const chronus_level& level = sound->view().levels[l];
        CHECK(level.samples[0] == level.samples[1]);
        for (int i = 1; i <= CHRONUS_SOUND_MARGIN; ++i) {
            CHECK(level.samples[0][-i] == 0);
            CHECK(level.samples[0][static_cast<int>(level.frames) - 1 + i] == 0);
        }
    }
    CHECK(sound->seconds() == Approx(5000 / 44100.0));
    CHECK(StoredSound::of(sine(1000, 44100, 5000, 2))->channels() == 2);
}

TEST_CASE("a level of a wavetable has its harmonics and no more, and goes round", "[sounds]") {
    const auto sound = StoredSound::of(factory_table("basic"));
    const chronus_sound& set = sound->view();
    REQUIRE(set.cycles == 16);
    REQUIRE(set.level_count == 10);
    for (const std::uint32_t l : {0u, 3u, 6u, 9u}) {
        const std::vector<float> saw = cycle_of(set, l, 10);  // two thirds of the way: the saw
        const auto lines = [&](int h) {
            double re = 0, im = 0;
            for (std::size_t i = 0; i < saw.size(); ++i) {
                const double angle = 2 * M_PI * h * static_cast<double>(i) / static_cast<double>(saw.size());
                re += saw[i] * std::cos(angle), im += saw[i] * std::sin(angle);
            }
            return std::hypot(re, im) * 2 / static_cast<double>(saw.size());
        };
        const int most = 512 >> l;
        for (int h = 2; h <= most; h *= 2) CHECK(lines(h) == Approx(lines(1) / h).epsilon(0.001));
        if (2 * most < static_cast<int>(saw.size()) / 2) CHECK(lines(most + 1) < 1e-5);
        const float* first = set.levels[l].samples[0] + 10 * (set.levels[l].frames + 3);
        CHECK(first[-1] == saw.back());
        CHECK(first[saw.size()] == saw[0]);
        CHECK(first[saw.size() + 1] == saw[1]);
    }
}

TEST_CASE("the waves of every factory set are at full scale and differ", "[sounds]") {
    for (const std::string& name : factory_tables()) {
        INFO(name);
        const auto sound = StoredSound::of(factory_table(name));
        for (std::uint32_t c = 0; c < sound->view().cycles; ++c) {
            const auto wave = cycle_of(sound->view(), 2, c);
            CHECK(sound::peak(wave) == Approx(1).margin(0.2));
            if (c == 0) continue;
            auto difference = cycle_of(sound->view(), 2, c - 1);
            for (std::size_t i = 0; i < wave.size(); ++i) difference[i] -= wave[i];
            CHECK(sound::rms(difference) > 0.002);
        }
    }
}

TEST_CASE("a file of single cycles is cut at 2048 frames; one of another length is one cycle", "[sounds]") {
    const auto set = cycles_of(sine(48000.0 / 2048, 48000, 4 * 2048));
    REQUIRE(set);
    REQUIRE(set->size() == 4);
    CHECK((*set)[2].sines[0] == Approx(1).margin(1e-4));
    const auto single = cycles_of(sine(48000.0 / 601 * 3, 48000, 601));
    REQUIRE(single);
    REQUIRE(single->size() == 1);
    CHECK((*single)[0].sines[2] == Approx(1).margin(1e-4));
    CHECK(!cycles_of(sine(100, 48000, 48001)));
    CHECK(!cycles_of(sine(100, 48000, 2048 * 300)));
}
