// What a track plays: notes in hertz, whichever way they were written.
//   C2 Eb2 F#3 C    names; octave 4 where none is given, C4 = 261.63 Hz
//   49              a MIDI number          41.2  55Hz    hertz: it has a dot or says so
//   1 b3 4# 8       degrees, where there is a scale; a MIDI number is not written then
//   .               a rest                 _             the note before held on
//   C2^             accented               C2>           slides into this note
//   [C3,Eb3,G3]     a chord                C3:m7         one by its name
//   <C2 F2>         one each pass          C2*3          struck three times within its step
//   C2!4            four such notes        C2@2          a note, and a hold behind it
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/scale.h"
#include "refusal/refusal.h"

namespace chronus::pattern {

constexpr double kLowestHertz = 1;
constexpr double kHighestHertz = 24000;
constexpr std::size_t kMostNotes = 4096;
constexpr std::size_t kMostInChord = 8;

struct Note {
    double hertz = 0;  // 0 for rests and ties
    bool rest = false;
    bool tie = false;
    bool accent = false;
    bool slide = false;
    int strokes = 1;              // within its step
    std::vector<double> chord{};  // hertz of the notes above it
    std::vector<Note> turns{};    // one each pass, in place of the above; rests or notes, without turns of their own

    bool operator==(const Note&) const = default;
};

struct Notes {
    std::vector<Note> notes;
    std::string warning;  // where hertz and MIDI numbers are mixed: which were taken as what; else empty

    bool operator==(const Notes&) const = default;
};

struct Tuning {
    double a4 = 440.0;           // hertz, that names, numbers and degrees are tuned to
    std::optional<Scale> scale{};  // with one, whole numbers are its degrees
};

// All that was repeated or lengthened is there note by note. Notes stand between white space, commas and bar lines.
Result<Notes> parse_notes(std::string_view text, const Tuning& tuning = {});

// In hertz, all digits: parsing it gives the same notes, whatever the tuning.
std::string print_notes(const Notes& notes);

// For people: A2=110 C3=130.813, and a bare 41.9Hz for what is more than half a cent from any note.
std::string describe_notes(const Notes& notes, double a4 = 440.0);

}  // namespace chronus::pattern
