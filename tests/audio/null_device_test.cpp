#include "audio/null_device.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <thread>
#include <vector>

#include "catch.h"

using namespace chronus;
using namespace std::chrono_literals;

namespace {

// Counts frames up, so that a block shows its place; may be slow once.
struct Counter {
    std::atomic<std::uint64_t> frame{0};
    std::chrono::milliseconds stall{0};
    float smallest = 1;

    static void render(void* context, float* stereo, std::uint32_t frames) noexcept {
        auto& self = *static_cast<Counter*>(context);
        for (std::uint32_t i = 0; i < frames; ++i) {
            stereo[2 * i] = static_cast<float>(self.frame++);
            stereo[2 * i + 1] = -stereo[2 * i];
        }
        volatile float tiny = std::numeric_limits<float>::min();
        self.smallest = tiny * 0.25f;
        if (self.stall > 0ms) {
            const std::chrono::steady_clock::time_point until = std::chrono::steady_clock::now() + self.stall;
            while (std::chrono::steady_clock::now() < until) {
            }
            self.stall = 0ms;
        }
    }
    Renderer renderer() { return {this, render}; }
};

std::unique_ptr<NullDevice> open(double rate, std::uint32_t frames) {
    auto device = NullDevice::open({.name = "null", .rate = rate, .frames = frames});
    REQUIRE(device);
    return std::move(*device);
}

}  // namespace

TEST_CASE("the null device keeps time") {
    Counter counter;
    const auto device = open(48000, 64);
    REQUIRE(device->start(counter.renderer()));
    std::this_thread::sleep_for(500ms);
    const DeviceStatus status = device->status();
    TimeFit fit;
    REQUIRE(device->read_fit(fit));
    device->stop();
    CHECK(status.callbacks == Approx(375).margin(60));  // 24000 frames, on a machine that may be busy
    CHECK(fit.ns_per_frame == Approx(1e9 / 48000).epsilon(0.01));
    CHECK(fit.frame % 64 == 0);
    CHECK(status.name == "null");
    CHECK(status.rate == 48000);
    CHECK(status.frames == 64);
    CHECK_FALSE(status.gone);
}

TEST_CASE("the tap sees every block, in order, and the device can start again") {
    Counter counter;
    std::vector<float> seen;
    const auto device = open(48000, 100);
    device->set_tap(
        [](void* context, const float* stereo, std::uint32_t frames) {
            auto& all = *static_cast<std::vector<float>*>(context);
            all.insert(all.end(), stereo, stereo + 2 * frames);
        },
        &seen);
    for (int start = 0; start < 2; ++start) {
        REQUIRE(device->start(counter.renderer()));
        std::this_thread::sleep_for(60ms);
        device->stop();
    }
    REQUIRE(seen.size() == 2 * counter.frame);
    REQUIRE(seen.size() >= 800);
    bool in_order = true;
    for (std::size_t i = 0; i < seen.size() / 2; ++i)
        in_order =
            in_order && seen[2 * i] == static_cast<float>(i) && seen[2 * i + 1] == -static_cast<float>(i);
    CHECK(in_order);
}

TEST_CASE("the thread that renders takes denormals for zero") {
    Counter counter;
    const auto device = open(48000, 64);
    REQUIRE(device->start(counter.renderer()));
    std::this_thread::sleep_for(20ms);
    device->stop();
    CHECK(counter.smallest == 0);
}

TEST_CASE("missed deadlines are counted; after a short stall the device catches up") {
    Counter counter{.stall = 40ms};
    const auto device = open(48000, 64);
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(device->start(counter.renderer()));
    std::this_thread::sleep_for(300ms);
    const DeviceStatus status = device->status();
    const std::chrono::duration<double> ran = std::chrono::steady_clock::now() - start;
    device->stop();
    CHECK(status.xruns >= 25);  // 40 ms are 30 blocks
    CHECK(static_cast<double>(status.callbacks) > ran.count() * 750 * 0.8);
}

TEST_CASE("after a long stall the device skips ahead instead of rushing") {
    Counter counter{.stall = 400ms};
    const auto device = open(48000, 64);
    REQUIRE(device->start(counter.renderer()));
    std::this_thread::sleep_for(600ms);
    const DeviceStatus status = device->status();
    device->stop();
    CHECK(status.callbacks < 300);  // all of 600 ms would be 450 blocks
}

TEST_CASE("the null device refuses what makes no sense") {
    CHECK(NullDevice::open({.rate = 0}).refusal().code == "device");
    CHECK_FALSE(NullDevice::open({.name = "null", .rate = std::numeric_limits<double>::quiet_NaN()}));
    CHECK_FALSE(NullDevice::open({.name = "null", .frames = 100000}));
    CHECK(NullDevice::open({.name = "null", .frames = 0}));
}
