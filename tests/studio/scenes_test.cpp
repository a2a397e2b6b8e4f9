// Banks, scenes, songs, fills, and what follows what.
#include "studio/scenes.h"

#include <algorithm>
#include <cmath>

#include "studio/instrument.h"

using namespace chronus;

namespace {

constexpr std::int64_t kBar = 96000;  // at 120 bpm

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Band : Instrument {
    Band() {
        done("limiter off");
        done("create rim r decay=0.005");
        done("create clap c");
        done("sequence r: x...");
    }
    // How often the rim was heard in each of so many bars from now on.
    std::vector<int> hits(int bars) {
        std::vector<int> all;
        for (int bar = 0; bar < bars; ++bar) {
            int count = 0, silent = 1000;
            for (const float s : play(kBar).left) {
                if (std::fabs(s) < 1e-3f) { ++silent; continue; }
                count += silent > 500;
                silent = 0;
            }
            all.push_back(count);
        }
        return all;
    }
};

}  // namespace

TEST_CASE("a pattern that was kept comes back at the bar, with its keys", "[scenes]") {
    Band band;
    CHECK(band.done("bank r one") == "r one");
    band.done("sequence r: xxxx");
    band.done("track r rate=1/2");
    CHECK(band.done("bank r two") == "r one two");
    CHECK(band.done("banks") == "r: one two");
    band.done("play");
    CHECK(band.hits(1) == std::vector{8});
    band.play(kBar / 2);
    CHECK(has(band.done("recall r one"), "r r x..."));
    band.play(kBar / 2);
    CHECK(band.hits(2) == std::vector{4, 4});
    band.done("recall r two now");
    CHECK(band.hits(1) == std::vector{8});
    CHECK(has(band.refused("recall r three"), "there is one, two"));
    CHECK(has(band.refused("recall c one"), "nothing was kept"));
}

TEST_CASE("a scene brings its tracks, and silences the others, all at one bar", "[scenes]") {
    Band band;
    CHECK(band.done("scene verse") == "verse: r, bars 1");
    band.done("sequence r: xxxx");
    band.done("sequence c: x...............................");
    CHECK(band.done("scene drop") == "drop: c r, bars 2");
    CHECK(has(band.done("scenes"), "verse: r, bars 1"));
    band.done("play");
    band.play(kBar / 4);
    CHECK(has(band.done("launch verse"), "verse: r, beat 5"));
    band.play(kBar - kBar / 4);
    CHECK(band.hits(1) == std::vector{4});
    CHECK(band.studio().tracks.at("c").muted);
    band.done("launch drop");
    band.play(kBar);
    CHECK_FALSE(band.studio().tracks.at("c").muted);
    CHECK(has(band.refused("launch nothing"), "there is no scene nothing"));
    band.done("remove c");
    CHECK(band.studio().scenes.at("drop").size() == 1);
}

TEST_CASE("a song goes through its scenes, begins with play, and may begin again", "[scenes]") {
    Band band;
    band.done("scene a");
    band.done("sequence r: x.");
    band.done("scene b");
    band.done("sequence r: x");
    band.done("scene c");
    CHECK(band.done("song: a*2 b c*2 loop") == "a bar 1, b bar 3, c bar 4, again bar 6");
    for (int time = 0; time < 2; ++time) {
        CHECK(has(band.done("play"), "a bar 1"));
        CHECK(band.hits(7) == std::vector{4, 4, 8, 16, 16, 4, 4});
        band.done("stop");
        band.play(9600);
    }
    CHECK(band.done("song: c a") == "c bar 1, a bar 2, over bar 3");
    band.done("play");
    CHECK(band.hits(3) == std::vector{16, 4, 4});
    CHECK(band.done("song: b*2 c") == "b bar 5, c bar 7, over bar 8");  // from the next bar, as it plays
    CHECK(band.hits(4) == std::vector{4, 8, 8, 16});
    CHECK(band.done("song") == "b*2 c");
    CHECK(band.done("song: off") == "no song");
    CHECK(has(band.refused("song: a nothing"), "there is no scene nothing"));
    CHECK(has(band.refused("song: a*0"), "intro*2"));
    CHECK(band.studio().song.parts.empty());
}

TEST_CASE("a fill is played once, from the bar, and the track's own goes on", "[scenes]") {
    Band band;
    band.done("play");
    band.play(kBar / 2);
    CHECK(has(band.done("fill r: xxxxxxxxxxxxxxxx"), "r xxxxxxxxxxxxxxxx beat 5"));
    band.play(kBar / 2);
    CHECK(band.hits(3) == std::vector{16, 4, 4});
    band.done("fill r: xxxx now");
    CHECK(band.hits(1) == std::vector{7});
    CHECK(band.studio().tracks.at("r").steps == "x...");
    band.done("fill r: x");
    band.done("stop");
    band.play(9600);
    band.done("play");
    CHECK(band.hits(2) == std::vector{4, 4});
    band.done("stop");
    band.play(9600);
    band.done("fill r: xxxx");  // for when it begins
    band.done("play");
    CHECK(band.hits(3) == std::vector{7, 4, 4});
}

TEST_CASE("after so many passes comes what was said to follow", "[scenes]") {
    Band band;
    band.done("bank r rest");
    band.done("sequence r: xx..xx..xx..xx..");
    band.done("track r after=2 then=rest");
    band.done("bank r busy");
    band.done("play");
    CHECK(band.hits(4) == std::vector{8, 8, 4, 4});
    band.done("recall r busy");
    CHECK(band.hits(5) == std::vector{4, 8, 8, 4, 4});
    band.done("track r after=4 then=stop");  // four beats
    CHECK(band.hits(3) == std::vector{4, 0, 0});
    CHECK(band.studio().tracks.at("r").muted);
}

TEST_CASE("what follows may lead around in a circle, and to scenes", "[scenes]") {
    Band band;
    band.done("sequence r: x...............");
    band.done("track r after=1 then=b");
    band.done("bank r a");
    band.done("sequence r: xx..............");
    band.done("track r after=1 then=a");
    band.done("bank r b");
    band.done("play");
    CHECK(band.hits(6) == std::vector{2, 1, 2, 1, 2, 1});
    band.done("stop");
    band.play(9600);
    band.done("sequence r: x.");
    band.done("track r after= then=");
    band.done("scene end");
    band.done("sequence r: x...");
    band.done("track r after=8 then=scene:end");
    band.done("play");
    CHECK(band.hits(4) == std::vector{4, 4, 8, 8});
}

TEST_CASE("a change of the transport's numbers: ramps, signatures, positions", "[scenes]") {
    Band band;
    CHECK(band.done("tempo 240 2 bars") == "240.0 bpm in 8 beats");
    band.play(64);
    band.done("play");
    band.play(48000 * 3);
    CHECK(band.done("tempo") == "240.0 bpm");
    band.done("stop");
    CHECK(band.done("signature 7/8") == "7/8");
    band.done("tempo 120");
    band.done("play");
    band.play(kBar);
    CHECK(band.done("position").starts_with("2:1:4"));  // half a beat into the second bar
    CHECK(has(band.refused("signature 7"), "no time signature"));
    CHECK(has(band.refused("signature 7/3"), "no time signature"));
    CHECK(band.done("swing 0.3 1/8") == "0.3 1/8");
    CHECK(has(band.refused("swing 0.3 1/7"), "grid"));
    CHECK(has(band.refused("tempo 100 some bars"), "no duration"));
}

TEST_CASE("what a generator makes is played where it is to go", "[scenes]") {
    Band band;
    CHECK(band.done("euclid 3 8") == "x..x..x.");
    CHECK(band.done("euclid 3 8 into=c") == "c c x..x..x.");
    CHECK(band.done("answer r 1 into=c") == "c c .XXX");
    CHECK(has(band.done("vary r 0 into=r"), "r r x..."));
    CHECK(band.done("arp A3:m7 up 4") == "A3 C4 E4 G4");
    CHECK(has(band.refused("arp nonsense"), "no note"));
    CHECK(has(band.refused("arp A3 sideways"), "up, down"));
    CHECK(has(band.refused("vary nobody"), "there is no track"));
    CHECK(band.done("euclid 9 8") == "xxxxxxxx hits 9 clamped to 8");
    CHECK(has(band.refused("vary r 0.2 foo"), "neither a number"));
}
