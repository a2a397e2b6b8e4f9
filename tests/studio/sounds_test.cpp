// Recordings and wavetables, as they are named on the rack.
#include "sound/measure.h"
#include "studio/instrument.h"
#include "studio/patch_text.h"

using namespace chronus;
using Catch::Matchers::Contains;

TEST_CASE("a sampler is given its sound by name, and plays the break that comes with Chronus", "[sounds]") {
    Instrument instrument;
    CHECK_THAT(instrument.done("sounds"), Contains("wavetables: basic, pulse") && Contains("files: break"));
    CHECK_THAT(instrument.done("sounds break"), Contains("sound break 2.759 s 48000 Hz stereo"));
    instrument.done("create sampler b sound=break slices=16 notes=slices");
    CHECK_THAT(instrument.done("get b.sound"), Contains("break"));
    instrument.done("tempo 174");
    instrument.done("sequence b: X.X.X.X.X.X.X.X.");
    instrument.done("play");
    CHECK(sound::rms(instrument.play(48000).left) > 0.02);
    instrument.done("set b.sound none");
    instrument.play(9600);
    CHECK(sound::rms(instrument.play(48000).left) == 0);
}

TEST_CASE("a sound that is not there is refused, with the nearest names", "[sounds]") {
    Instrument instrument;
    CHECK_THAT(instrument.refused("create sampler b sound=brake"), Contains("there is no sound brake; did you mean break"));
    instrument.done("create sampler b");
    CHECK_THAT(instrument.refused("set b.sound 3"), Contains("there is no sound 3"));
    CHECK_THAT(instrument.refused("set b.sound ../../etc/passwd"), Contains("there is no sound"));
    CHECK_THAT(instrument.refused("ramp b.sound break 2 s"), Contains("no values between"));
    instrument.done("create lfo l");
    CHECK_THAT(instrument.refused("patch l > b.sound"), Contains("takes the name of a sound, and no cable"));
    CHECK_THAT(instrument.refused("connect l > b.file"), Contains("no cable"));
    CHECK_THAT(instrument.refused("sounds nothing"), Contains("there is no sound nothing"));
    CHECK_THAT(instrument.done("get b.sound"), Contains("none"));
}

TEST_CASE("a wavetable begins with the basic waves and takes any other set", "[sounds]") {
    Instrument instrument;
    instrument.done("create wavetable w");
    CHECK_THAT(instrument.done("get w.table"), Contains("basic"));
    const auto basic = instrument.play(48000);
    CHECK(sound::rms(basic.left) > 0.1);
    for (const char* name : {"pulse", "vowel", "organ", "sweep", "glass"}) {
        CHECK_THAT(instrument.done(std::string("set w.table ") + name), Contains(name));
        CHECK(sound::rms(instrument.play(4800).left) > 0.05);
    }
}

TEST_CASE("a patch names its sounds, and reads back to the same samples", "[sounds]") {
    Instrument first, second;
    first.load("create sampler b sound=break slices=8 beats=8\ncreate wavetable w table=vowel morph=0.3 level=0.1\nsequence b: X..x..X.\n");
    const std::string text = print_patch(first.studio(), first.console().types());
    CHECK_THAT(text, Contains("sound=break") && Contains("table=vowel"));
    // Places differ where others were asked for before.
    second.done("sounds organ");
    second.load(text);
    first.done("play");
    second.done("play");
    CHECK(first.play(48000).left == second.play(48000).left);
}
