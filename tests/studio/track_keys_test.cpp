// What may be said of a track besides its pattern.
#include "studio/track_keys.h"

#include <cmath>

#include "studio/instrument.h"

using namespace chronus;

namespace {

// Frames at which something begins after silence.
std::vector<std::int64_t> onsets(const std::vector<float>& sound) {
    std::vector<std::int64_t> all;
    std::size_t silent = 2000;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        if (std::fabs(sound[i]) < 1e-3f) {
            ++silent;
            continue;
        }
        if (silent >= 1000) all.push_back(static_cast<std::int64_t>(i) - 64);
        silent = 0;
    }
    return all;
}

struct Clicks : Instrument {
    Clicks() {
        done("limiter off");
        done("create rim r decay=0.005");
    }
    std::vector<std::int64_t> played(std::int64_t frames) {
        done("play");
        const auto all = onsets(play(frames).left);
        done("stop");
        play(9600);
        return all;
    }
};

bool near(const std::vector<std::int64_t>& found, const std::vector<std::int64_t>& wanted) {
    if (found.size() != wanted.size()) return false;
    for (std::size_t i = 0; i < found.size(); ++i)
        if (std::abs(found[i] - wanted[i]) > 24) return false;  // a rim takes so long to be heard
    return true;
}

}  // namespace

TEST_CASE("keys change how a track is played", "[keys]") {
    Clicks rig;
    rig.done("sequence r: x...");
    CHECK(near(rig.played(47000), {0, 24000}));
    CHECK(rig.done("track r rate=3/2") == "r r x... rate=3/2");
    CHECK(near(rig.played(47000), {0, 16000, 32000}));
    CHECK(rig.done("track r rate= step=1/8t") == "r r x... step=1/8t");
    CHECK(near(rig.played(40000), {0, 32000}));
    CHECK(rig.done("track r step= length=3") == "r r x... length=3");
    CHECK(near(rig.played(47000), {0, 18000, 36000}));
    CHECK(rig.done("track r length=6 offset=1.5") == "r r x... length=6 offset=1.5");
    CHECK(near(rig.played(47000), {9000, 33000, 45000}));
    CHECK(rig.done("track r length= offset= swing=0.5 swing_grid=1/8") == "r r x... swing=0.5 swing_grid=1/8");
    rig.done("sequence r: x.");
    CHECK(near(rig.played(47000), {0, 18000, 24000, 42000}));
    CHECK(rig.done("track r") == "r r x. swing=0.5 swing_grid=1/8");
}

TEST_CASE("notes are moved by semitones and octaves, and read in a scale", "[keys]") {
    Instrument rig;
    rig.done("create voice v");
    rig.done("melody v: A3 E4");
    CHECK(rig.done("track v octave=-1") == "v v A2=110 E3=164.814 octave=-1");
    CHECK(rig.done("track v transpose=7").find("E3=164.814 B3=246.942") != std::string::npos);
    CHECK(rig.done("track v octave= transpose= scale=A3-minor").find("scale=A3-minor") != std::string::npos);
    CHECK(rig.done("melody v: 1 b3 5 8^").find("A3=220 B3=246.942 E4=329.628 A4=440^") != std::string::npos);
    CHECK(rig.refused("melody v: 1 x").find("a degree (1 b3 8)") != std::string::npos);
    CHECK(rig.done("a4 432") == "432.0 Hz");
    CHECK(rig.done("track v").find("A3=216") != std::string::npos);
}

TEST_CASE("keys are tidied, clamped, refused and taken away", "[keys]") {
    Instrument rig;
    rig.done("create kick k");
    rig.done("sequence k: x");
    const auto told = [&](const std::string& key) { return rig.done("track k " + key); };
    CHECK(told("rate=*4/6") == "k k x rate=2/3");
    CHECK(told("rate=/2") == "k k x rate=1/2");
    CHECK(told("rate= gate=0.9") == "k k x gate_frac=0.9");
    CHECK(told("gate= humanize=3") == "k k x humanize=0.5 humanize 3 clamped to 0.5");
    CHECK(told("humanize= legato=on") == "k k x legato=on");
    CHECK(told("legato=off") == "k k x");
    for (const char* wrong : {"rate=0", "rate=1/65", "rate=fast", "step=1/3x", "swing_grid=1/3", "scale=H", "curve=round", "legato=maybe", "length=1.5", "octave=x", "nothing=1", "rate"}) {
        CAPTURE(wrong);
        CHECK_FALSE(rig.take(std::string("track k ") + wrong).done);
    }
    CHECK(rig.refused("track k swng=0.1").find("did you mean swing") != std::string::npos);
    CHECK(rig.studio().tracks.at("k").keys.empty());
}

TEST_CASE("what strays is heard, and is the same each time", "[keys]") {
    Clicks rig;
    rig.done("sequence r: x...");
    rig.done("track r humanize=0.3");
    const auto first = rig.played(480000), second = rig.played(480000);
    CHECK(first == second);
    std::int64_t early = 0, late = 0;
    for (std::size_t i = 1; i < first.size(); ++i) {
        early = std::min(early, first[i] - static_cast<std::int64_t>(i) * 24000);
        late = std::max(late, first[i] - static_cast<std::int64_t>(i) * 24000);
    }
    CHECK(early < -500);
    CHECK(early > -1830);
    CHECK(late > 500);
    CHECK(late < 1830);
}

TEST_CASE("a track that is renamed goes on as it was, chances and all", "[keys]") {
    Sound before, after;
    for (const bool renamed : {false, true}) {
        Instrument rig;
        rig.done("create kick k");
        rig.done("sequence k: x?*2 {X/x/.} x? x?");
        rig.done("play");
        rig.play(24000);
        if (renamed) rig.done("/seq/rename k drum");
        (renamed ? after : before) = rig.play(96000);
        CHECK(rig.studio().tracks.contains(renamed ? "drum" : "k"));
    }
    CHECK(before == after);
}
