// Big racks of real modules: edits that do not click, and a limiter that holds.
#include "engine/live_rack.h"

#include <cmath>
#include <cstring>
#include <fmt/format.h>

#include "catch.h"

using namespace stand;

namespace {

constexpr int kFade = 240;  // 5 ms

double bell(double t) { return t <= 0 ? 0 : t >= 1 ? 1 : t * t * t * (10 + t * (6 * t - 15)); }

float pitch(int voice, int set) { return static_cast<float>(80 + 37 * voice + 11 * set); }

// All sines of a set at one frame of their lives.
double chord(int count, int set, std::int64_t age) {
    double sum = 0;
    for (int v = 0; v < count; ++v)
        sum += std::sin(2 * M_PI * std::fmod(double(pitch(v, set)) / LiveRack::kRate * double(age), 1.0));
    return sum;
}

std::vector<std::string> creations(int count, int set) {
    std::vector<std::string> lines;
    for (int v = 0; v < count; ++v) lines.push_back(fmt::format("create sine s{}-{} freq={}", set, v, pitch(v, set)));
    return lines;
}

// The highest point of the band-limited signal, eight points a frame (64 taps, a Hann window).
double true_peak(const std::vector<float>& x, std::size_t first) {
    constexpr int kTimes = 8, kHalf = 32;
    double most = 0;
    for (int phase = 0; phase < kTimes; ++phase) {
        double taps[2 * kHalf];
        for (int t = 0; t < 2 * kHalf; ++t) {
            const double at = t - (kHalf - 1) - double(phase) / kTimes;
            taps[t] = (at == 0 ? 1 : std::sin(M_PI * at) / (M_PI * at)) * (0.5 + 0.5 * std::cos(M_PI * at / kHalf));
        }
        for (std::size_t i = std::max<std::size_t>(first, 2 * kHalf); i + 2 * kHalf < x.size(); ++i) {
            double sum = 0;
            for (int t = 0; t < 2 * kHalf; ++t) sum += taps[t] * static_cast<double>(x[i + static_cast<std::size_t>(t)]);
            most = std::max(most, std::abs(sum));
        }
    }
    return most;
}

}  // namespace

TEST_CASE("two hundred modules change places with two hundred others without a click above -100 dB", "[live rack]") {
    constexpr int kCount = 200;
    LiveRack rack;
    rack.say("limiter off");
    rack.say_together(creations(kCount, 0));
    rack.run(64 * 40);
    const std::int64_t swap = rack.frame();
    std::vector<std::string> lines = creations(kCount, 1);
    for (int v = 0; v < kCount; ++v) lines.push_back(fmt::format("remove s0-{}", v));
    rack.say_together(lines);
    rack.run(64 * 60);
    double most = 0, peak = 0;
    for (std::int64_t f = 0; f + Limiter::kLatency < rack.frame(); ++f) {
        const double out = bell(double(f - swap + 1) / kFade);
        double ideal = chord(kCount, 0, f) * bell(double(f + 1) / kFade) * (1 - out);
        if (f >= swap) ideal += chord(kCount, 1, f - swap) * out;
        most = std::max(most, std::abs(rack.made_at(f) - ideal));
        peak = std::max(peak, std::abs(ideal));
    }
    CHECK(peak > 20);
    CHECK(20 * std::log10(most / peak) < -100);
}

TEST_CASE("a cable that runs against the one it replaces does not click", "[live rack]") {
    // a > b turns into b > a in one edit: for 5 ms they would close a loop.
    LiveRack rack;
    rack.say("limiter off");
    rack.say_together({"create mixer a", "create mixer b", "create sine s freq=100 quiet", "create sine t freq=100 quiet"});
    rack.say_together({"patch s > a > b > out", "patch t > b"});
    rack.run(64 * 40);
    rack.say_together({"disconnect a b", "disconnect b out", "connect b a", "connect a out"});
    rack.run(64 * 40);
    // A sine of 100 Hz bends by (2 pi 100 / 48000)^2 a frame squared, a fade of it by little more; twice both here.
    double bend = 0;
    for (std::size_t i = 64 * 30; i < rack.left.size(); ++i)
        bend = std::max(bend, std::abs(double(rack.left[i]) - 2 * double(rack.left[i - 1]) + double(rack.left[i - 2])));
    CHECK(bend < 0.003);
}

TEST_CASE("however often cables are turned round, in the end the rack sounds as if built so", "[live rack]") {
    const std::vector<std::string> modules{"create mixer a", "create mixer b", "create sine s freq=100 quiet",
                                           "create sine t freq=170 quiet"};
    const std::vector<std::string> forth{"patch s > a > b > out", "patch t > b"};
    const std::vector<std::string> turn{"disconnect a b", "disconnect b out", "connect b a", "connect a out"};
    const std::vector<std::string> back{"disconnect b a", "disconnect a out", "connect a b", "connect b out"};
    LiveRack plain, turned;
    for (LiveRack* rack : {&plain, &turned}) {
        rack->say("limiter off");
        rack->say_together(modules);
        rack->say_together(forth);
        rack->run(64 * 10);
    }
    plain.say_together(turn);
    plain.run(64 * 200);
    for (const int blocks : {1, 3, 4, 5, 9, 2}) {
        turned.say_together(turn);
        turned.run(64 * blocks);
        turned.say_together(back);
        turned.run(64 * blocks);
    }
    turned.say_together(turn);
    turned.run(64 * 152);
    REQUIRE(plain.left.size() == turned.left.size());
    for (std::size_t i = plain.left.size() - 64 * 100; i < plain.left.size(); ++i) REQUIRE(plain.left[i] == turned.left[i]);
}

TEST_CASE("a -2 dBFS sine leaves the limiter delayed and bit for bit", "[live rack]") {
    const auto render = [](const char* limiter) {
        LiveRack rack;
        rack.say(limiter);
        rack.say("create sine a freq=997 quiet");
        rack.say("connect a out 0.7943282");
        rack.run(LiveRack::kRate);
        return rack.left;
    };
    const std::vector<float> on = render("limiter on"), off = render("limiter off");
    CHECK(*std::max_element(on.begin(), on.end()) == Approx(0.7943282).epsilon(1e-5));
    CHECK(std::memcmp(on.data(), off.data(), on.size() * sizeof(float)) == 0);
}

TEST_CASE("128 voices at full scale leave below -1 dBTP", "[live rack]") {
    for (const char* type : {"square", "saw"}) {
        LiveRack rack;
        std::vector<std::string> lines;
        for (int v = 0; v < 128; ++v) lines.push_back(fmt::format("create {} v{} freq={}", type, v, 55 + 3.7 * v));
        rack.say_together(lines);
        rack.run(LiveRack::kRate);
        const double peak = true_peak(rack.left, 0);
        INFO(type);
        CHECK(20 * std::log10(peak) < -0.9);
        CHECK(20 * std::log10(peak) > -6);
    }
}

TEST_CASE("a real envelope opens at the gate's exact frame", "[live rack]") {
    LiveRack rack;
    rack.say("limiter off");
    rack.say_together({"create adsr e attack=0 quiet", "create vca v gain=0 quiet", "create sine s freq=1000 quiet"});
    rack.say("patch s > v > out");
    rack.say("connect e v.gain");
    rack.run(64 * 20);
    const std::int64_t at = rack.frame() + 333;
    rack.console().take({"/gate/e", {1.0f}}, at);
    rack.run(64 * 20);
    for (std::int64_t f = 0; f < at; ++f) REQUIRE(rack.made_at(f) == 0);
    double heard = 0;
    for (std::int64_t f = at; f < at + 4; ++f) heard = std::max(heard, std::abs(rack.made_at(f)));
    CHECK(heard > 0);
}
