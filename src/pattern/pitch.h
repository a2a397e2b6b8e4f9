// Notes of the equal-tempered scale by number and by name; C4 is MIDI note 60. No libm, so that a note is the
// same number of hertz on every machine.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace chronus::pattern {

// a4 * 2^((midi - 69) / 12), from a table of the twelve semitones.
double hertz_of_midi(int midi, double a4 = 440.0);

// C, eb2, F#3, Bbb-1: a letter, up to two sharps or two flats, and an octave from -1 to 9; 4 where there is
// none. Cb-1 is -1 and B##9 is 133: the names reach a little further than MIDI.
std::optional<int> midi_of_name(std::string_view name);

// The commoner of the two names: C#4 but Eb4.
std::string name_of_midi(int midi);

}  // namespace chronus::pattern
