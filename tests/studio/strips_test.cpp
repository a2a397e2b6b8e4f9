// Strips of a desk, groups of them, and who is heard while one is solo.
#include "sound/measure.h"
#include "studio/instrument.h"
#include "studio/patch_text.h"

using namespace chronus;
using Catch::Matchers::Contains;

namespace {

// Three tones, each in a strip; two of the strips in a group.
struct Desk : Instrument {
    Desk() {
        for (const auto& [tone, hertz] : {std::pair{"low", 200}, {"middle", 1000}, {"high", 5000}}) {
            done(std::string("create sine ") + tone + " freq=" + std::to_string(hertz));
            done(std::string("create strip ") + tone + "-strip level=-12");
            done(std::string("patch ") + tone + " > " + tone + "-strip");
        }
        done("create strip group");
        done("patch middle-strip > group");
        done("patch high-strip > group");
        play(4800);
    }
    // Which of the tones there are, as letters.
    std::string heard() {
        play(2400);
        const Sound sound = play(9600);
        std::string tones;
        for (const auto& [letter, hertz] : {std::pair{'l', 200.0}, {'m', 1000.0}, {'h', 5000.0}})
            if (sound::fit_sine(sound.left.data(), sound.left.size(), hertz, 48000).amplitude > 0.01) tones += letter;
        return tones;
    }
};

}  // namespace

TEST_CASE("solo: only those strips are heard that are on, with their groups", "[strips]") {
    Desk desk;
    CHECK(desk.heard() == "lmh");
    desk.done("set low-strip.solo on");
    CHECK(desk.heard() == "l");
    desk.done("set middle-strip.solo on");
    CHECK(desk.heard() == "lm");
    desk.done("set low-strip.solo off");
    CHECK(desk.heard() == "m");
    desk.done("set middle-strip.solo off");
    CHECK(desk.heard() == "lmh");
    desk.done("set group.solo on");
    CHECK(desk.heard() == "mh");
}

TEST_CASE("solo follows the rack: new strips, new cables, strips that go", "[strips]") {
    Desk desk;
    desk.done("set group.solo on");
    desk.done("patch low-strip > group");
    CHECK(desk.heard() == "lmh");
    desk.done("create sine other freq=1000");
    desk.done("remove middle");
    desk.done("create strip other-strip level=-12");
    desk.done("patch other > other-strip");
    CHECK(desk.heard() == "lh");
    desk.done("remove group");
    CHECK_THAT(desk.heard(), Contains("m"));
}

TEST_CASE("mute, level, pan and sends of a strip", "[strips]") {
    Desk desk;
    desk.done("set group.mute on");
    CHECK(desk.heard() == "l");
    desk.done("set group.mute off");
    desk.done("set low-strip.level -60");
    CHECK(desk.heard() == "mh");
    desk.done("set group.pan -1");
    desk.play(2400);
    const Sound left = desk.play(4800);
    CHECK(sound::rms(left.left) > 0.1);
    CHECK(sound::rms(left.right) < 1e-4);
    const double alone = sound::rms(left.left);
    desk.done("set high-strip.send1 1");
    desk.done("patch high-strip.send1 > out");
    desk.play(2400);
    CHECK(sound::rms(desk.play(4800).left) > 1.1 * alone);
}

TEST_CASE("what is solo is kept in a patch", "[strips]") {
    Desk desk;
    desk.done("set high-strip.solo on");
    Instrument other;
    other.load(print_patch(desk.studio(), desk.console().types()));
    CHECK(print_patch(other.studio(), other.console().types()) == print_patch(desk.studio(), desk.console().types()));
    other.play(4800);
    const Sound sound = other.play(9600);
    CHECK(sound::fit_sine(sound.left.data(), sound.left.size(), 5000, 48000).amplitude > 0.1);
    CHECK(sound::fit_sine(sound.left.data(), sound.left.size(), 200, 48000).amplitude < 0.001);
}

TEST_CASE("the master bus keeps what goes through it below its ceiling", "[strips]") {
    Instrument instrument;
    instrument.done("create saw s freq=110");
    instrument.done("create master m ceiling=-6 drive=20");
    instrument.done("patch s > m > out");
    instrument.done("limiter off");
    instrument.play(48000);
    const Sound sound = instrument.play(48000);
    CHECK(sound::decibels(sound::peak(sound.left)) < -5.9);
    CHECK(sound::decibels(sound::rms(sound.left)) > -14);
}
