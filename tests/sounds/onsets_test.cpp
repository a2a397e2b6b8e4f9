#include "sounds/onsets.h"

#include <cmath>
#include <random>

#include "catch.h"
#include "sounds/stored_sound.h"

using namespace chronus;

namespace {

void strike(Recording& recording, std::size_t at, double hertz, double decay, double noise, std::mt19937& chance) {
    std::uniform_real_distribution<double> white(-1, 1);
    for (std::size_t i = 0; at + i < recording.frames() && i < static_cast<std::size_t>(4 * decay * recording.rate); ++i) {
        const double t = static_cast<double>(i) / recording.rate;
        recording.channels[0][at + i] += static_cast<float>(
            std::exp(-t / decay) * ((1 - noise) * std::sin(2 * M_PI * hertz * t) + noise * white(chance)) * 0.6);
    }
}

}  // namespace

TEST_CASE("the strikes of a break are found within 2 ms, and nothing else", "[sounds]") {
    for (const unsigned seed : {1u, 2u, 3u, 4u, 5u}) {
        std::mt19937 chance(seed);
        Recording recording{.channels = {std::vector<float>(2 * 48000)}, .rate = 48000};
        std::vector<std::size_t> wanted{0};
        strike(recording, 0, 55, 0.12, 0.02, chance);
        for (std::size_t at = 5172; at + 8000 < recording.frames(); at += 5172 * (1 + chance() % 3)) {
            wanted.push_back(at);
            const unsigned kind = chance() % 3;
            if (kind == 0) strike(recording, at, 55, 0.1, 0.03, chance);
            if (kind == 1) strike(recording, at, 190, 0.06, 0.5, chance);
            if (kind == 2) strike(recording, at, 8000, 0.03, 1, chance);
        }
        const auto found = find_onsets(recording);
        INFO(seed);
        REQUIRE(found.size() == wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i)
            CHECK(std::fabs(static_cast<double>(found[i]) - static_cast<double>(wanted[i])) < 96);
    }
}

TEST_CASE("silence and a steady tone have one onset, at the beginning", "[sounds]") {
    Recording recording{.channels = {std::vector<float>(48000)}, .rate = 48000};
    CHECK(find_onsets(recording) == std::vector<std::uint32_t>{0});
    for (std::size_t i = 0; i < 48000; ++i) recording.channels[0][i] = static_cast<float>(std::sin(0.03 * static_cast<double>(i)));
    CHECK(find_onsets(recording) == std::vector<std::uint32_t>{0});
}
