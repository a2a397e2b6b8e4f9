#include "engine/ramps.h"

#include <cmath>
#include <vector>

#include "catch.h"

using namespace chronus;

namespace {

std::vector<float> play(Ramp ramp, std::size_t frames, std::int64_t tempo = 120000, int block = 64) {
    std::vector<float> all;
    while (all.size() < frames && ramp.runs()) {
        std::vector<float> some(static_cast<std::size_t>(block));
        render(ramp, some.data(), block, tempo);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

Ramp ramp(float from, float to, std::int64_t length, Ramp::Shape shape) {
    Ramp made;
    made.begin(from, to, length, shape);
    return made;
}

}  // namespace

TEST_CASE("a linear ramp is a straight line that ends exactly where it should", "[ramp]") {
    const auto values = play(ramp(100, 900, 800, {}), 4000);
    REQUIRE(values.size() == 832);
    for (std::size_t i = 0; i < 799; ++i) CHECK(values[i] == Approx(101.0 + static_cast<double>(i)).epsilon(1e-6));
    for (std::size_t i = 799; i < values.size(); ++i) CHECK(values[i] == 900.0f);
}

TEST_CASE("an exponential ramp passes each octave in the same time", "[ramp]") {
    const auto values = play(ramp(100, 1600, 4096, {Ramp::Curve::exponential}), 5000);
    CHECK(values[1023] == Approx(200).epsilon(1e-5));
    CHECK(values[2047] == Approx(400).epsilon(1e-5));
    CHECK(values[4095] == 1600.0f);
    SECTION("and through zero it is a straight line") {
        const auto through = play(ramp(-1, 1, 128, {Ramp::Curve::exponential}), 200);
        CHECK(through[63] == Approx(0).margin(1e-6));
    }
}

TEST_CASE("a smooth ramp begins and ends at rest", "[ramp]") {
    const auto values = play(ramp(0, 1, 6400, {Ramp::Curve::smooth}), 7000);
    CHECK(values[63] < 1e-4f);
    CHECK(values[3199] == Approx(0.5).margin(1e-5));
    CHECK(1 - values[6336] < 1e-4f);
}

TEST_CASE("a ramp in beats ends at its beat, whatever the tempo does on the way", "[ramp]") {
    constexpr std::int64_t kBeat = 60000LL * 48000;
    Ramp moving = ramp(0, 1, 4 * kBeat, {Ramp::Curve::linear, true});
    float block[64];
    std::int64_t frames = 0, units = 0;
    for (std::int64_t tempo = 60000; moving.runs(); tempo += 1000) {  // faster from block to block
        render(moving, block, 64, tempo);
        frames += 64;
        units += 64 * tempo;
        if (moving.runs()) CHECK(block[63] == Approx(static_cast<double>(units) / (4.0 * kBeat)).epsilon(1e-6));
    }
    CHECK(units >= 4 * kBeat);
    CHECK(block[63] == 1.0f);
}

TEST_CASE("a ramp's values do not depend on the block", "[ramp]") {
    const Ramp one = ramp(20, 20000, 12345, {Ramp::Curve::exponential});
    const auto by_64 = play(one, 13000, 120000, 64), by_7 = play(one, 13000, 120000, 7);
    for (std::size_t i = 0; i < 12345; ++i) REQUIRE(by_64[i] == by_7[i]);
}
