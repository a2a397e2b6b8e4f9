// The fit must follow the device's true clock through the jitter of its callbacks.
#include "audio/callback_clock.h"

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "catch.h"

using namespace chronus;

namespace {

constexpr double kRate = 48000;
constexpr double kSecond = 1e9;
constexpr std::int64_t kBoot = 3'600'000'000'000;  // a clock that has run for an hour

// A device whose crystal is off by `drift`, and whose callbacks come late by up to `jitter_ns`.
struct Crystal {
    double drift = 0;
    double jitter_ns = 0;

    double true_ns(std::uint64_t frame) const {
        return static_cast<double>(kBoot) + static_cast<double>(frame) / kRate * kSecond * (1 + drift);
    }
};

struct Error {
    double worst_ns = 0;
    double drift = 0;
};

// The largest spread of the fit's error around its mean over the last third of `seconds`: a steady lateness
// is part of what "handed to the device" means.
Error follow(const Crystal& crystal, double seconds, std::vector<std::uint32_t> blocks) {
    CallbackClock clock(kRate);
    std::minstd_rand random(1);
    std::uniform_real_distribution<double> jitter(0, 1);
    std::vector<double> errors;
    TimeFit fit;
    std::uint64_t frame = 0;
    for (std::size_t i = 0; static_cast<double>(frame) < seconds * kRate; ++i) {
        const std::uint32_t frames = blocks[i % blocks.size()];
        const double late = crystal.jitter_ns * jitter(random);
        fit = clock.update(std::llround(crystal.true_ns(frame) + late), frame, frames);
        if (static_cast<double>(frame) > seconds * kRate * 2 / 3)
            errors.push_back(static_cast<double>(fit.ns) - crystal.true_ns(frame));
        frame += frames;
    }
    double mean = 0, worst = 0;
    for (double error : errors) mean += error / static_cast<double>(errors.size());
    for (double error : errors) worst = std::max(worst, std::abs(error - mean));
    return {worst, fit.ns_per_frame / (kSecond / kRate) - 1};
}

}  // namespace

TEST_CASE("a perfect clock is followed exactly") {
    const Error error = follow({}, 10, {256});
    CHECK(error.worst_ns < 1);
    CHECK(std::abs(error.drift) < 1e-9);
}

TEST_CASE("a crystal that is off by 50 ppm is followed within 3 microseconds") {
    const Error error = follow({.drift = 50e-6}, 30, {64});
    CHECK(error.worst_ns < 3000);
    CHECK(error.drift == Approx(50e-6).margin(2e-6));
}

TEST_CASE("callbacks up to a millisecond late leave the fit steady within a tenth of that") {
    const Error error = follow({.drift = -30e-6, .jitter_ns = 1e6}, 60, {128});
    CHECK(error.worst_ns < 1e5);
    CHECK(error.drift == Approx(-30e-6).margin(2e-5));
}

TEST_CASE("blocks may be of any size, and vary") {
    const Error error = follow({.drift = 20e-6, .jitter_ns = 2e5}, 60, {64, 1024, 1, 333, 256});
    CHECK(error.worst_ns < 5e4);
    CHECK(error.drift == Approx(20e-6).margin(2e-5));
}

TEST_CASE("after a gap the fit begins anew and keeps the rate it has learnt") {
    CallbackClock clock(kRate);
    const Crystal crystal{.drift = 100e-6};
    TimeFit fit;
    std::uint64_t frame = 0;
    for (; frame < 480000; frame += 64) fit = clock.update(std::llround(crystal.true_ns(frame)), frame, 64);
    const double learnt = fit.ns_per_frame;
    const std::int64_t later = std::llround(crystal.true_ns(frame)) + 500'000'000;
    fit = clock.update(later, frame, 64);
    CHECK(fit.ns == later);
    CHECK(fit.frame == frame);
    CHECK(fit.ns_per_frame == learnt);
}

TEST_CASE("a fit turns frames into times and times into frames") {
    const TimeFit fit{.ns = 1'000'000'000'000'000, .frame = 48000, .ns_per_frame = 1e9 / 48000};
    CHECK(ns_at(fit, 48000) == fit.ns);
    CHECK(ns_at(fit, 96000) == fit.ns + 1'000'000'000);
    CHECK(frame_at(fit, fit.ns - 500'000'000) == Approx(24000).margin(1e-6));
    for (double frame : {0., 1., 48001., 4.2e9})
        CHECK(frame_at(fit, ns_at(fit, frame)) == Approx(frame).margin(1e-4));
}
