#include "pattern/notes.h"

#include <random>

#include "catch.h"

using namespace chronus::pattern;

namespace {

Notes parsed(std::string_view text, double a4 = 440.0) {
    const auto notes = parse_notes(text, a4);
    if (!notes) FAIL(notes.refusal().reason);
    return *notes;
}

chronus::Refusal refusal_of(std::string_view text) {
    const auto notes = parse_notes(text);
    CAPTURE(text);
    REQUIRE_FALSE(notes);
    CHECK(parse_notes(notes.refusal().example));
    return notes.refusal();
}

}  // namespace

TEST_CASE("A dot or Hz means hertz, a plain number a MIDI note, a letter a name") {
    const auto notes = parsed("41.2 55Hz 55.5hz A2 69").notes;
    CHECK(notes[0].hertz == 41.2);
    CHECK(notes[1].hertz == 55);
    CHECK(notes[2].hertz == 55.5);
    CHECK(notes[3].hertz == 110);
    CHECK(notes[4].hertz == 440);
}

TEST_CASE("Names and MIDI numbers follow the tuning, hertz do not") {
    const auto notes = parsed("A 69 440.0", 432.0).notes;
    CHECK(notes[0].hertz == 432);
    CHECK(notes[1].hertz == 432);
    CHECK(notes[2].hertz == 440);
}

TEST_CASE("Spaces, commas and bar lines separate alike") {
    CHECK(parsed("C4, D4,E4 | F4|G4") == parsed("C4 D4 E4 F4 G4"));
    CHECK(parsed("C4 D4 E4").notes.size() == 3);
}

TEST_CASE("Rests, ties, accents and slides are said by signs") {
    const auto notes = parsed(". _ A^ A> A^> A>^ _>").notes;
    CHECK(notes[0] == Note{.rest = true});
    CHECK(notes[1] == Note{.tie = true});
    CHECK(notes[2] == Note{.hertz = 440, .accent = true});
    CHECK(notes[3] == Note{.hertz = 440, .slide = true});
    CHECK(notes[4] == Note{.hertz = 440, .accent = true, .slide = true});
    CHECK(notes[5] == notes[4]);
    CHECK(notes[6] == Note{.tie = true, .slide = true});
}

TEST_CASE("A list that mixes hertz and MIDI numbers says which is which") {
    CHECK(parsed("41.2,49,55").warning ==
          "taken as hertz: 41.2; as MIDI notes: 49, 55 (for hertz, write a dot or Hz)");
    CHECK(parsed("41.2 C2 55Hz").warning.empty());
    CHECK(parsed("49 C2 55").warning.empty());
    CHECK(parsed("1.5 1 2 3 4 5 6 7 8 9 10").warning.find("7, 8 and 2 more") != std::string::npos);
}

TEST_CASE("Printed notes parse as the same notes, whatever the tuning") {
    std::mt19937 random(6);
    std::uniform_real_distribution<double> hertz(1, 24000);
    for (int i = 0; i < 500; ++i) {
        Notes notes;
        for (unsigned n = 1 + random() % 16; n > 0; --n) {
            Note note;
            note.rest = random() % 5 == 0;
            note.tie = !note.rest && random() % 5 == 0;
            if (!note.rest && !note.tie)
                note.hertz = random() % 2 ? hertz(random) : 55.0 * (1 + random() % 9);
            note.accent = note.hertz > 0 && random() % 2;
            note.slide = !note.rest && random() % 2;
            notes.notes.push_back(note);
        }
        CHECK(parsed(print_notes(notes), 415.0) == notes);
    }
}

TEST_CASE("Notes are described by name and hertz") {
    CHECK(describe_notes(parsed("A2 C3")) == "A2=110 C3=130.813");
    CHECK(describe_notes(parsed("41.2 . _ Eb2^ 50.0>")) == "E1=41.2 . _ Eb2=77.7817^ 50Hz>");
    CHECK(describe_notes(parsed("A", 432.0), 432.0) == "A4=432");
}

TEST_CASE("Hertz are from 1 to 24000 and MIDI notes from 0 to 127") {
    CHECK(parsed("1.0 24000.0 1Hz 24000Hz").notes.size() == 4);
    CHECK(parsed("0 127").notes.size() == 2);
    for (const char* text : {"0.5", "0Hz", "24001.0", "24000.1Hz", "128", "440", "99999999999"})
        CHECK(refusal_of(text).code == "range");
    CHECK(refusal_of("440").reason.find("440Hz") != std::string::npos);
}

TEST_CASE("What is no note is refused where it stands") {
    const auto refusal = refusal_of("C2 H2");
    CHECK(refusal.code == "syntax");
    CHECK(refusal.reason.starts_with("column 4: 'H2' is no note"));
    CHECK(refusal.reason.ends_with("\n  C2 H2\n     ^"));
    for (const char* text : {"-5", "..", "1.2.3", "1e3", "Hz", "C2Hz", "inf", "nanHz", "0x10", "C#b", "^",
                             "C2 > D2", ".^", ".>", "_^", "C^^", "C>>", "C^2", "C4;D4"})
        CHECK(refusal_of(text).code == "syntax");
}

TEST_CASE("A list has a note at least and 4096 at most") {
    CHECK(refusal_of("").code == "missing");
    CHECK(refusal_of(" , | ").code == "missing");
    std::string text;
    for (int i = 0; i < 4096; ++i) text += "C ";
    CHECK(parsed(text).notes.size() == 4096);
    CHECK(refusal_of(text + "C").code == "range");
}

TEST_CASE("A refusal stays short however long the word") {
    CHECK(refusal_of(std::string(60000, 'q')).reason.size() < 400);
}
