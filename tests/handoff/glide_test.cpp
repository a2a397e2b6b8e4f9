#include "handoff/glide.h"

#include <cmath>
#include <cstdlib>
#include <random>
#include <vector>

#include "catch.h"

using namespace chronus;

namespace {

constexpr int kFrames = 64;

Glide at(float value, int length) {
    Glide glide;
    glide.length = length;
    glide.jump(value);
    return glide;
}

// What the engine does: a flat block costs nothing, any other is rendered.
void block(Glide& glide, std::vector<float>& out) {
    out.resize(out.size() + kFrames);
    float* next = out.data() + out.size() - kFrames;
    if (glide.begin_block()) std::fill(next, next + kFrames, glide.target);
    else glide.render(next, kFrames);
}

double bell(double t) { return t <= 0 ? 0 : t >= 1 ? 1 : t * t * t * (10 + t * (6 * t - 15)); }

// The largest second difference of the quintic smoothstep over `length` frames: 10 / sqrt 3 over length squared.
// To this the tests add what floats of the value's size are rounded by.
double largest_bend(double delta, double length) { return std::abs(delta) * 10 / std::sqrt(3.0) / (length * length); }

double second_difference(const std::vector<float>& x) {
    double most = 0;
    for (std::size_t i = 2; i < x.size(); ++i)
        most = std::max(most, std::abs(double(x[i]) - 2 * double(x[i - 1]) + double(x[i - 2])));
    return most;
}

}  // namespace

TEST_CASE("changes that overlap add up to the filtered staircase", "[glide]") {
    std::mt19937 chance(1);
    for (const int length : {240, 100, 64, 63, 7, 1000}) {
        Glide glide = at(0.25f, length);
        std::vector<float> out;
        std::vector<double> ideal(100 * kFrames, 0.25);
        double last = 0.25;
        for (int b = 0; b < 100; ++b) {
            if (chance() % 3 != 0) {
                glide.wanted = static_cast<float>(chance() % 1000) / 1000.0f;
                for (int i = b * kFrames; i < 100 * kFrames; ++i)
                    ideal[static_cast<std::size_t>(i)] += (glide.wanted - last) * bell(double(i - b * kFrames + 1) / length);
                last = glide.wanted;
            }
            block(glide, out);
        }
        double most = 0;
        for (std::size_t i = 0; i < out.size(); ++i) most = std::max(most, std::abs(out[i] - ideal[i]));
        INFO("length " << length);
        CHECK(most < 5e-6);
    }
}

TEST_CASE("a glide arrives after its length and stays", "[glide]") {
    for (const int length : {1, 63, 64, 65, 240, 4800}) {
        Glide glide = at(100, length);
        glide.wanted = 18000.5f;
        std::vector<float> out;
        for (int b = 0; b <= length / kFrames + 1; ++b) block(glide, out);
        INFO("length " << length);
        CHECK(out[static_cast<std::size_t>(length) - 1] == Approx(18000.5f).epsilon(1e-6));
        CHECK(out[static_cast<std::size_t>(length)] == 18000.5f);
        CHECK(glide.begin_block());
        CHECK(glide.target == 18000.5f);
        if (length > 2) CHECK(std::abs(out[0] - 100) < 18000 * 10 * std::pow(1.0 / length, 3) + 2e-3);
    }
}

TEST_CASE("a glide has no corner", "[glide]") {
    constexpr int kLength = 240;
    Glide glide = at(0, kLength);
    std::vector<float> out(3, 0.0f);
    glide.wanted = 1;
    for (int b = 0; b < 8; ++b) block(glide, out);
    CHECK(second_difference(out) < largest_bend(1, kLength) + 1e-6);

    // A knob turned at every block: bends add up, but never more than the sum of what is under way.
    std::vector<float> turned(3, 1.0f);
    for (int b = 0; b < 200; ++b) {
        glide.wanted = b % 2 == 0 ? 0.9f : 1.0f;
        block(glide, turned);
    }
    CHECK(second_difference(turned) < 4 * largest_bend(0.1, kLength) + 1e-6);
}

TEST_CASE("changes beyond what can overlap are not lost: the last is reached", "[glide]") {
    constexpr int kLength = 64 * 100;
    Glide glide = at(0, kLength);
    std::vector<float> out(3, 0.0f);
    for (int b = 1; b <= 60; ++b) {
        glide.wanted = static_cast<float>(b);
        block(glide, out);
        CHECK(glide.count <= Glide::kSteps);
    }
    for (int b = 0; b < 2 * kLength / kFrames; ++b) block(glide, out);
    CHECK(out.back() == 60);
    CHECK(glide.begin_block());
    CHECK(second_difference(out) < 60 * largest_bend(1, kLength) + 3e-4);
}

TEST_CASE("a jump ends whatever was under way", "[glide]") {
    Glide glide = at(0, 240);
    std::vector<float> out;
    glide.wanted = 1;
    block(glide, out);
    glide.jump(0.5f);
    block(glide, out);
    for (std::size_t i = kFrames; i < out.size(); ++i) REQUIRE(out[i] == 0.5f);
}

TEST_CASE("a block is flat exactly when nothing moves in it", "[glide]") {
    Glide glide = at(3, 100);
    CHECK(glide.begin_block());
    glide.wanted = 3;
    CHECK(glide.begin_block());
    glide.wanted = 4;
    std::vector<float> out;
    CHECK_FALSE(glide.begin_block());
    float nowhere[kFrames];
    glide.render(nowhere, kFrames);
    CHECK_FALSE(glide.begin_block());
    glide.render(nowhere, kFrames);
    CHECK(glide.begin_block());
    CHECK(glide.target == 4);
}

TEST_CASE("without a length a change jumps at the block's boundary", "[glide]") {
    Glide glide = at(3, 0);
    glide.wanted = 4;
    CHECK(glide.begin_block());
    CHECK(glide.target == 4);
}
