// Degrees of a scale: 1 is its root, 8 the root above in a scale of seven notes, 0 the note below it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chronus::pattern {

struct Scale {
    int root = 60;          // MIDI note of degree 1
    std::uint32_t notes = 0xab5;  // bit n: the n-th semitone above the root is in it

    // The MIDI note of a degree, any whole number.
    int midi_of(int degree) const;
    bool operator==(const Scale&) const = default;
};

// "C-minor", "eb2 dorian", "A:pentatonic", "F#": a root, in octave 4 if it says none, and a scale's name, major if there is none.
std::optional<Scale> scale_of_name(std::string_view text);

// All names, between spaces.
std::string scale_names();

}  // namespace chronus::pattern
