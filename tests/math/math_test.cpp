// Every function of chronus/math.h against the library's in double, over its range, with the error it states;
// and the same bits in lanes as in floats.
#include <chronus/math.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>

#include "catch.h"

using namespace chronus;

namespace {

// The largest of error(x) over 100 003 points from low to high.
template <class Error>
double worst(double low, double high, Error error) {
    constexpr int kPoints = 100003;
    double most = 0;
    for (int i = 0; i < kPoints; ++i) {
        const float x = float(low + (high - low) * i / (kPoints - 1));
        const double e = std::fabs(error(x));
        if (!(e <= most)) most = e;  // NaN too
    }
    return most;
}

double relative(double is, double wanted) {
    return wanted == 0 ? is : is / wanted - 1;
}

// Bits that differ between f in a float and in each lane.
template <class Function>
int differences(double low, double high, Function f) {
    int count = 0;
    for (int i = 0; i < 1000; ++i) {
        Lanes x;
        for (int l = 0; l < kLanes; ++l)
            x.v[l] =
                float(low + (high - low) * ((i * kLanes + l) * 0.61803 - int((i * kLanes + l) * 0.61803)));
        const Lanes y = f(x);
        for (int l = 0; l < kLanes; ++l)
            count += std::bit_cast<std::uint32_t>(float(f(float(x.v[l])))) !=
                     std::bit_cast<std::uint32_t>(float(y.v[l]));
    }
    return count;
}

}  // namespace

TEST_CASE("math: sines and cosines of turns are within what they state", "[math]") {
    CHECK(worst(-0.25, 0.25, [](float x) { return relative(sin_quarter(x), std::sin(2 * M_PI * x)); }) <
          2.1e-7);
    CHECK(worst(-0.5, 0.5, [](float x) { return sin_half(x) - std::sin(2 * M_PI * x); }) < 2e-7);
    CHECK(worst(-3, 3, [](float x) { return sin_turns(x) - std::sin(2 * M_PI * x); }) < 2e-7);
    CHECK(worst(-3, 3, [](float x) { return cos_turns(x) - std::cos(2 * M_PI * x); }) < 2.1e-7);
}

TEST_CASE("math: the tangent of a prewarped cutoff is within what it states", "[math]") {
    const auto error = [](float x) { return relative(tan_pi(x), std::tan(M_PI * x)); };
    CHECK(worst(1e-4, 0.4, error) < 7e-7);
    CHECK(worst(0.4, 0.49, error) < 1e-5);
}

TEST_CASE("math: powers and logarithms are within what they state", "[math]") {
    CHECK(worst(-125, 126, [](float x) { return relative(chronus::exp2(x), std::exp2(double(x))); }) <
          1.6e-7);
    CHECK(worst(-4, 4, [](float x) { return relative(chronus::exp(x), std::exp(double(x))); }) < 4e-7);
    CHECK(worst(1e-3, 10, [](float x) {
              return (chronus::log2(x) - std::log2(double(x))) /
                     std::max(1.0, std::fabs(std::log2(double(x))));
          }) < 1.6e-7);
    CHECK(worst(10, 1e6, [](float x) { return relative(chronus::log2(x), std::log2(double(x))); }) < 1.6e-7);
    CHECK(worst(0.1, 10, [](float x) {
              return relative(chronus::pow(x, 1.7f), std::pow(double(x), double(1.7f)));
          }) < 2e-6);
    CHECK(worst(-60, 60, [](float x) { return relative(gain_of(x), std::pow(10.0, x / 20.0)); }) < 1.5e-6);
    CHECK(chronus::exp2(-1000.f) > 0);
    CHECK(std::isfinite(chronus::exp2(1000.f)));
    CHECK(chronus::log2(0.f) == -126);
}

TEST_CASE("math: the saturation curves are within what they state, odd, rising and bounded", "[math]") {
    CHECK(worst(-12, 12, [](float x) { return chronus::tanh(x) - std::tanh(double(x)); }) < 2.5e-7);
    CHECK(worst(-12, 12, [](float x) { return tanh_lambert(x) - std::tanh(double(x)); }) < 1.1e-4);
    CHECK(worst(-12, 12, [](float x) { return tanh_short(x) - std::tanh(double(x)); }) < 0.024);
    for (const auto curve :
         {+[](float x) { return chronus::tanh(x); }, +[](float x) { return tanh_lambert(x); },
          +[](float x) { return tanh_short(x); }}) {
        CHECK(worst(-100, 100, [&](float x) { return curve(x); }) <= 1.0000003);
        CHECK(worst(-10, 10, [&](float x) { return curve(-x) + curve(x); }) == 0);
        CHECK(worst(-6, 6, [&](float x) { return std::min(0.f, curve(x + 0.01f) - curve(x) + 3e-7f); }) == 0);
    }
}

TEST_CASE("math: rounding and roots are exact", "[math]") {
    CHECK(worst(-1000, 1000, [](float x) { return chronus::floor(x) - std::floor(x); }) == 0);
    CHECK(worst(0, 1000, [](float x) { return chronus::sqrt(x) - std::sqrt(x); }) == 0);
    CHECK(chronus::clamp(2.f, -1.f, 1.f) == 1);
    CHECK(chronus::mix(1.f, 3.f, 0.25f) == 1.5f);
}

TEST_CASE("math: lanes give the bits of floats", "[math]") {
    CHECK(differences(-0.5, 0.5, [](auto x) { return sin_half(x); }) == 0);
    CHECK(differences(-9, 9, [](auto x) { return sin_turns(x); }) == 0);
    CHECK(differences(-9, 9, [](auto x) { return cos_turns(x); }) == 0);
    CHECK(differences(0, 0.49, [](auto x) { return tan_pi(x); }) == 0);
    CHECK(differences(-130, 130, [](auto x) { return chronus::exp2(x); }) == 0);
    CHECK(differences(-1, 1e5, [](auto x) { return chronus::log2(x); }) == 0);
    CHECK(differences(-9, 9, [](auto x) { return chronus::tanh(x); }) == 0);
    CHECK(differences(-9, 9, [](auto x) { return tanh_lambert(x); }) == 0);
    CHECK(differences(-9, 9, [](auto x) { return tanh_short(x); }) == 0);
    CHECK(differences(0, 9, [](auto x) { return chronus::sqrt(x); }) == 0);
    CHECK(differences(-9, 9, [](auto x) {
              return chronus::min(x, decltype(x)(0.5f)) + chronus::max(x, decltype(x)(-0.5f));
          }) == 0);
}
