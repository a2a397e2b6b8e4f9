#include "pattern/pitch.h"

#include <cmath>

#include "catch.h"

using namespace chronus::pattern;

TEST_CASE("A4 is MIDI note 69, C4 is 60, and an octave doubles exactly") {
    CHECK(hertz_of_midi(69) == 440.0);
    CHECK(hertz_of_midi(60) == Approx(261.6255653005986).epsilon(1e-15));
    CHECK(hertz_of_midi(69, 432.0) == 432.0);
    for (int midi = -12; midi < 140; ++midi) CHECK(hertz_of_midi(midi + 12) == 2 * hertz_of_midi(midi));
}

TEST_CASE("Every note is within a rounding of equal temperament") {
    for (int midi = -1; midi <= 133; ++midi)
        CHECK(hertz_of_midi(midi) == Approx(440 * std::exp2((midi - 69) / 12.0)).epsilon(1e-15));
}

TEST_CASE("A name without an octave is in octave 4") {
    CHECK(midi_of_name("C") == 60);
    CHECK(midi_of_name("a") == 69);
    CHECK(midi_of_name("F#") == 66);
}

TEST_CASE("Names are the same in both cases, with one or two flats or sharps") {
    CHECK(midi_of_name("C2") == 36);
    CHECK(midi_of_name("eb2") == 39);
    CHECK(midi_of_name("F#3") == 54);
    CHECK(midi_of_name("b") == 71);
    CHECK(midi_of_name("bb") == 70);
    CHECK(midi_of_name("bbb3") == 57);
    CHECK(midi_of_name("Bbb") == 69);
    CHECK(midi_of_name("F##4") == 67);
    CHECK(midi_of_name("Cb4") == 59);
    CHECK(midi_of_name("B#4") == 72);
}

TEST_CASE("Octaves are from -1 to 9") {
    CHECK(midi_of_name("C-1") == 0);
    CHECK(midi_of_name("G9") == 127);
    CHECK_FALSE(midi_of_name("C-2"));
    CHECK_FALSE(midi_of_name("C10"));
}

TEST_CASE("What is no name is none") {
    for (const char* name : {"", "H", "C#b", "C###", "Cbbb", "2C", "C 4", "C4x", "C+4", "C-"}) {
        CAPTURE(name);
        CHECK_FALSE(midi_of_name(name));
    }
}

TEST_CASE("The name of a note names that note") {
    for (int midi = 0; midi <= 127; ++midi) CHECK(midi_of_name(name_of_midi(midi)) == midi);
    CHECK(name_of_midi(39) == "Eb2");
    CHECK(name_of_midi(0) == "C-1");
}
