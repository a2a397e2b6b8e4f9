// Degrees of scales, and notes that are written in them.
#include "pattern/scale.h"

#include "catch.h"
#include "pattern/notes.h"
#include "pattern/pitch.h"

using namespace chronus::pattern;

TEST_CASE("degrees count up and down from the root", "[scales]") {
    const Scale minor = *scale_of_name("A2-minor");
    CHECK(minor.root == 45);
    const int wanted[] = {41, 43, 45, 47, 48, 50, 52, 53, 55, 57};  // F2 G2 A2 B2 C3 D3 E3 F3 G3 A3
    for (int degree = -1; degree <= 8; ++degree) CHECK(minor.midi_of(degree) == wanted[degree + 1]);
    CHECK(minor.midi_of(15) == 69);
    CHECK(minor.midi_of(-6) == 33);
    CHECK(scale_of_name("C-pentatonic")->midi_of(6) == 72);
    CHECK(scale_of_name("c:dorian") == scale_of_name("C4 dorian"));
    CHECK(scale_of_name("F#")->root == 66);
    for (const char* wrong : {"", "H-minor", "C-nothing", "minor", "C-"}) {
        CAPTURE(wrong);
        CHECK_FALSE(scale_of_name(wrong));
    }
}

TEST_CASE("with a scale, whole numbers are degrees; names and hertz stay what they are", "[scales]") {
    const Tuning tuning{.a4 = 440, .scale = scale_of_name("C-minor")};
    const auto notes = parse_notes("1 3 b3 4# 3b 8 0 -1 C2 55Hz . 5^ <1 5> [1,3,5] 1:m7 2@2", tuning);
    REQUIRE(notes);
    const int midi[] = {60, 63, 62, 66, 62, 72, 58, 56, 36};
    for (std::size_t i = 0; i < std::size(midi); ++i) CHECK(notes->notes[i].hertz == Approx(hertz_of_midi(midi[i])));
    CHECK(notes->notes[9].hertz == 55);
    CHECK(notes->notes[11].accent);
    CHECK(notes->notes[12].turns.size() == 2);
    CHECK(notes->notes[13].chord.size() == 2);
    CHECK(notes->notes[14].chord.size() == 3);
    CHECK(notes->warning.empty());
    CHECK_FALSE(parse_notes("1 100", tuning));
    CHECK_FALSE(parse_notes("1 3x", tuning));
    CHECK(parse_notes("b7", tuning)->notes[0].hertz == Approx(hertz_of_midi(69)));  // a flat seventh of minor
    CHECK(parse_notes("b7")->notes[0].hertz == Approx(hertz_of_midi(107)));         // the note B7
}
