// A parameter's value from text and to text: "0.5", "440Hz", "saw", "amen".
#pragma once
#include <string>

#include "refusal/refusal.h"
#include "sounds/shelf.h"
#include "studio/type.h"

namespace chronus {

// A number (with its unit or without), or the name of a choice or a sound, which is not read yet.
// Not clamped; NaN and infinity are refused.
Result<float> read_base(const PublicPort& port, const std::string& text, Shelf& sounds);

// Without its unit.
std::string value_word(const PublicPort& port, float value, const Shelf& sounds);

// "20 to 5000 Hz (440)", "saw, square (saw)", "a sound (none)": what it may be, and what it is at first.
std::string describe_range(const PublicPort& port, const Shelf& sounds);

}  // namespace chronus
