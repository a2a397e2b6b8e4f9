// /ramp as it is said and as it is heard.
#include <cmath>

#include "studio/instrument.h"

using namespace chronus;

namespace {

// What is heard is the gain itself: a wave too slow to move.
struct Steady : Instrument {
    Steady() {
        take("limiter off");
        take("create lfo source rate=0.01 shape=square");
        take("create vca amplifier gain=0.1");
        done("patch source > amplifier > out");
        play(9600);
    }
    // The gain at each frame from now on.
    std::vector<float> gain(std::int64_t frames) { return play(frames).left; }
};

constexpr std::size_t kLate = 64;  // the limiter's look-ahead

}  // namespace

TEST_CASE("a ramp leads from where the parameter stands to its target, and stays there", "[ramp]") {
    Steady rig;
    CHECK(rig.done("ramp amplifier.gain 0.9 0.1 s linear") == "0.9 in 0.1 s, linear");
    const auto gain = rig.gain(9600);
    for (std::size_t i = 0; i < 4800; i += 100) CHECK(gain[kLate + i] == Approx(0.1 + 0.8 * static_cast<double>(i + 1) / 4800).margin(1e-5));
    for (std::size_t i = 4800 + kLate; i < gain.size(); i += 100) CHECK(gain[i] == Approx(0.9));
    CHECK(rig.done("get amplifier.gain").starts_with("0.9"));
}

TEST_CASE("a ramp in beats goes by the tempo, also where the transport stands", "[ramp]") {
    Steady rig;
    rig.done("tempo 240");
    rig.done("ramp amplifier.gain 1.1 2 beats linear");  // 24000 frames
    const auto first = rig.gain(9600);
    CHECK(first.back() == Approx(0.1 + 9536.0 / 24000).margin(1e-4));
    rig.done("tempo 120");
    const auto second = rig.gain(28800);
    CHECK(second[28000] == Approx(0.1 + (9600 + 28000.0 / 2) / 24000).margin(3e-3));
    CHECK(rig.gain(128).back() == Approx(1.1));
}

TEST_CASE("a set ends a ramp without a click, and another ramp goes on from where it was", "[ramp]") {
    Steady rig;
    rig.done("ramp amplifier.gain 1.1 1 s linear");
    const auto up = rig.gain(24000);
    rig.done("ramp amplifier.gain 0.1 1 s linear");
    const auto down = rig.gain(12032);
    CHECK(down[kLate] == Approx(up.back()).margin(0.005));
    rig.done("set amplifier.gain 0.2");
    const auto there = rig.gain(4800);
    CHECK(there.back() == Approx(0.2));
    float last = down.back(), steepest = 0;
    for (const float value : there) steepest = std::max(steepest, std::fabs(value - last)), last = value;
    CHECK(steepest < 0.01);  // 5 ms for the way, not a sample
}

TEST_CASE("what is said together takes effect in its order: set, ramp", "[ramp]") {
    Steady rig;
    rig.console().begin_batch();
    rig.done("set amplifier.gain 0.5");
    rig.done("ramp amplifier.gain 1 0.1 s linear");
    rig.console().end_batch();
    const auto gain = rig.gain(9600);
    CHECK(gain[kLate + 2400] == Approx(0.75).margin(0.001));
    CHECK(gain.back() == Approx(1));
}

TEST_CASE("a ramp is refused for what has no values between, unknown curves and durations", "[ramp]") {
    Steady rig;
    CHECK(rig.refused("ramp source.shape sine 1 s").starts_with("type"));
    CHECK(rig.refused("ramp source.gate 1 1 s").starts_with("type"));
    CHECK(rig.refused("ramp amplifier.gain 1 4 apples").starts_with("syntax"));
    CHECK(rig.refused("ramp amplifier.gain 1 -4 beats").starts_with("syntax"));
    CHECK(rig.refused("ramp amplifier.gain 1 0 s").starts_with("syntax"));
    CHECK(rig.refused("ramp amplifier.gain 1 1 s sideways").starts_with("syntax"));
    CHECK(rig.refused("ramp amplifier.gian 1 1 s").find("did you mean gain") != std::string::npos);
    CHECK(rig.done("ramp amplifier.gain 99 4bars").find("clamped to 4") != std::string::npos);
    for (const char* duration : {"1", "1 s", "500 ms", "2 beats", "1 bar", "8 steps", "0.5 seconds"})
        rig.done("ramp amplifier.gain 1 " + std::string(duration));
}
