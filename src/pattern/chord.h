// Chords by name, as semitones above their root.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chronus::pattern {

// maj m 7 maj7 m7 ...; nothing for a name that is none.
std::optional<std::span<const int>> chord_of_name(std::string_view name);

// All names, between spaces.
std::string chord_names();

}  // namespace chronus::pattern
