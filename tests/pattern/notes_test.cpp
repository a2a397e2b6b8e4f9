#include "pattern/notes.h"

#include <random>

#include "catch.h"

using namespace chronus::pattern;

namespace {

Notes parsed(std::string_view text, double a4 = 440.0) {
    const auto notes = parse_notes(text, {.a4 = a4});
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

TEST_CASE("Chords stand in brackets or have names") {
    CHECK(parsed("[C3,E3 G3]^").notes == std::vector{Note{.hertz = 130.8127826502993, .accent = true, .chord = {parsed("E3").notes[0].hertz, parsed("G3").notes[0].hertz}}});
    CHECK(describe_notes(parsed("C3:m7 F3:maj9 G3:7 A:5>")) ==
          "[C3=130.813,Eb3=155.563,G3=195.998,Bb3=233.082] [F3=174.614,A3=220,C4=261.626,E4=329.628,G4=391.995] "
          "[G3=195.998,B3=246.942,D4=293.665,F4=349.228] [A4=440,E5=659.255]>");
    CHECK(parsed("48:m") == parsed("C3:m"));
    CHECK(refusal_of("C3 C3:m8").reason.starts_with("column 7: 'm8' is no chord; there are maj m"));
    CHECK(refusal_of("[C3 .]").reason.starts_with("column 5: a chord is of single notes"));
    CHECK(refusal_of("A [C3").reason.starts_with("column 3: [ is never closed"));
    CHECK(refusal_of("[]").reason.starts_with("column 2: there is no note in it"));
    CHECK(refusal_of("[C C C C C C C C C]").code == "range");
}

TEST_CASE("Turns, copies, lengths and strokes") {
    CHECK(parsed("C2!3 D2@3 .@2") == parsed("C2 C2 C2 D2 _ _ . ."));
    CHECK(parsed("D2!2@2") == parsed("D2 _ D2 _"));
    const auto turns = parsed("<C2 F2^ . [C3 G3]>").notes;
    REQUIRE(turns.size() == 1);
    CHECK(turns[0].turns == parsed("C2 F2^ . [C3 G3]").notes);
    CHECK(parsed("<C2@2 F2!2>") == parsed("<C2 C2 F2 F2>"));
    CHECK(parsed("<C2 F2>^") == parsed("<C2^ F2^>"));
    CHECK(parsed("<C2 F2>>").notes[0].turns[1].slide);
    CHECK(parsed("C2*3 <C2 D2>*2").notes[0].strokes == 3);
    CHECK(print_notes(parsed("<69 57>*2 .")) == "<440Hz 220Hz>*2 .");
    const std::pair<const char*, const char*> kWrong[] = {
        {"<C2 _>", "column 5: a hold takes no turns"}, {"<C2 <D2 E2>>", "column 5: '<' is no note"}, {"C2 <F2", "column 4: < is never closed"},
        {"C2!", "column 4: a whole number"}, {"C2!0", "column 4: a whole number"}, {"C2!2!2", "column 5: ! is there twice"}, {".*2", "column 2: only a note"},
        {"C2[", "column 1: 'C2[' is no note"}, {"C2!4097", "column 4: a whole number"}, {"C2!4096 C2", "column 9: a list has at most 4096 notes"},
        {"C2*128!64", "column 1: a list has at most 4096 notes"}, {"<>", "column 2: there is no note"}};
    for (const auto& [text, start] : kWrong) {
        const auto refusal = refusal_of(text);
        INFO(text << " -> " << refusal.reason);
        CHECK(refusal.reason.starts_with(start));
    }
}

TEST_CASE("Whatever bytes come, notes are read or refused within the text") {
    constexpr std::string_view kLikely = "ABCDEFGb#0123456789.^>_<[],!@*: :m7Hz|\xc3";
    std::size_t read = 0;
    std::mt19937 random(8);
    for (int i = 0; i < 100000; ++i) {
        std::string text;
        for (unsigned n = random() % 16; n > 0; --n) text += kLikely[random() % kLikely.size()];
        const auto notes = parse_notes(text);
        if (notes) {
            ++read;
            const auto again = parse_notes(print_notes(*notes));
            if (!again || again->notes != notes->notes) FAIL_CHECK(text);
            continue;
        }
        int column = 0;
        const bool says = std::sscanf(notes.refusal().reason.c_str(), "column %d:", &column) == 1;
        if (!says || column < 1 || column > static_cast<int>(text.size()) + 1) FAIL_CHECK(text << " -> " << notes.refusal().reason);
    }
    CHECK(read > 1000);
}

TEST_CASE("A refusal stays short however long the word") {
    CHECK(refusal_of(std::string(60000, 'q')).reason.size() < 400);
}
