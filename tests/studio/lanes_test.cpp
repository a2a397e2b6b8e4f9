// Lanes as they are said and as they are heard.
#include <cmath>

#include "studio/instrument.h"

using namespace chronus;

namespace {

// What is heard is the gain itself: a wave too slow to move.
struct Steady : Instrument {
    Steady() {
        done("limiter off");
        done("create lfo source rate=0.01 shape=square");
        done("create vca amp gain=0.1");
        done("patch source > amp > out");
        done("create vca other poly=2 gain=0.1");
        play(9600);
    }
    std::vector<float> gain(std::int64_t frames) { return play(frames).left; }
};

constexpr std::size_t kSixteenth = 6000, kLate = 64;  // at 120 bpm; the limiter's look-ahead
constexpr std::size_t kSmooth = 240;             // 5 ms, in which a step goes over

}  // namespace

TEST_CASE("a lane leads a parameter, a value a step, and never writes its base", "[lanes]") {
    Steady rig;
    CHECK(rig.done("lane amp.gain: 0.2 0.4 <0.8 1> .") == "amp.gain amp.gain 0.2 0.4 <0.8 1> .");
    rig.done("play");
    const auto gain = rig.gain(10 * static_cast<std::int64_t>(kSixteenth));
    const double wanted[] = {0.2, 0.4, 0.8, 0.8, 0.2, 0.4, 1.0, 1.0};
    for (std::size_t step = 0; step < 8; ++step)
        for (const std::size_t at : {kSmooth + 2, kSixteenth - 1}) CHECK(gain[kLate + step * kSixteenth + at] == Approx(wanted[step]));
    float steepest = 0;
    for (std::size_t i = kSixteenth; i < gain.size(); ++i) steepest = std::max(steepest, std::fabs(gain[i] - gain[i - 1]));
    CHECK(steepest < 0.01);
    CHECK(rig.done("get amp.gain").starts_with("0.1"));
    rig.done("set amp.gain 0.3");
    rig.done("/seq/remove amp.gain");
    CHECK(rig.gain(4800).back() == Approx(0.3));
}

TEST_CASE("lin goes evenly from one value to the next, exp by equal ratios", "[lanes]") {
    Steady rig;
    rig.done("lane amp.gain: lin 0.2 . 0.8 0.4");
    rig.done("play");
    auto gain = rig.gain(5 * static_cast<std::int64_t>(kSixteenth));
    for (std::size_t i = 0; i < 2 * kSixteenth; i += 500) CHECK(gain[kLate + i] == Approx(0.2 + 0.6 * (static_cast<double>(i) + 1) / (2 * kSixteenth)).margin(1e-4));
    for (std::size_t i = 0; i < kSixteenth; i += 500) CHECK(gain[kLate + 2 * kSixteenth + i] == Approx(0.8 - 0.4 * (static_cast<double>(i) + 1) / kSixteenth).margin(1e-4));
    CHECK(gain[kLate + 4 * kSixteenth - 1] == Approx(0.2).margin(1e-3));  // on its way to the next pass
    rig.done("stop");
    rig.play(4800);
    rig.done("lane amp.gain: exp 0.1 0.9");
    rig.done("play");
    gain = rig.gain(3 * static_cast<std::int64_t>(kSixteenth));
    for (std::size_t i = 0; i < kSixteenth; i += 500) CHECK(gain[kLate + i] == Approx(0.1 * std::pow(9.0, (static_cast<double>(i) + 1) / kSixteenth)).epsilon(1e-4));
}

TEST_CASE("a lane follows the tempo while it goes, and keeps its place in the bar", "[lanes]") {
    Steady rig;
    rig.done("lane amp.gain: lin 0 1");
    rig.done("track amp.gain step=1/1");
    rig.done("play");
    rig.gain(48000);  // two beats of four: half way
    rig.done("tempo 60");
    const auto gain = rig.gain(96064);
    CHECK(gain[kLate] == Approx(0.5).margin(1e-3));
    CHECK(gain[48000] == Approx(0.75).margin(2e-3));
    CHECK(gain[95900] == Approx(1.0).margin(2e-3));
}

TEST_CASE("a lane is muted, changed, renamed and listed as any track", "[lanes]") {
    Steady rig;
    rig.done("lane amp.gain: 0.5");
    rig.done("play");
    CHECK(rig.gain(4800).back() == Approx(0.5));
    rig.done("mute amp.gain");
    CHECK(rig.gain(12000).back() == Approx(0.1));
    rig.done("unmute amp.gain");
    CHECK(rig.gain(12000).back() == Approx(0.5));
    rig.done("/seq/update/pattern amp.gain \"0.7\" beat");
    CHECK(rig.gain(30000).back() == Approx(0.7));
    CHECK(rig.done("/seq/status").find("amp.gain amp.gain 0.7") != std::string::npos);
    CHECK(rig.done("lane amp.gain: exp 0.5 0.25") == "amp.gain amp.gain 0.5 0.25 curve=exp");
    CHECK(rig.done("/seq/rename amp.gain swell").starts_with("swell amp.gain"));
    rig.done("/seq/move swell other.gain");
    CHECK(rig.gain(12000).back() == Approx(0.1));
    rig.done("remove other");
    CHECK(rig.studio().tracks.empty());
}

TEST_CASE("what is wrong with a lane is told, and where", "[lanes]") {
    Steady rig;
    CHECK(rig.refused("lane amp.gain: 0.2 soft").find("column 5") != std::string::npos);
    CHECK(rig.refused("lane amp.gain: 0.2 99").find("gain is from 0 to") != std::string::npos);
    CHECK(rig.refused("lane amp.nothing: 1").starts_with("unknown"));
    CHECK(rig.refused("lane amp.gain: lin").find("there are no values") != std::string::npos);
    CHECK(rig.studio().tracks.empty());
    CHECK(rig.done("lane source.shape: sine square") == "source.shape source.shape 0 3");
}
