// Patterns made by rule, as plain text that a person can keep and edit. The same seed makes the same.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "pattern/notes.h"
#include "pattern/steps.h"

namespace chronus::pattern {

// "x.xx.": so many hits over so many steps, as evenly as they go, the first so many steps later.
std::string euclid_text(const Euclid& euclid);

// Hits where the call has none, more of them the higher `amount` is, 0 to 1; off the beat before on it.
std::string answer(const Steps& call, double amount, std::uint64_t seed);

// The same with some of its steps changed, `amount` of them, 0 to 1: hits that grow softer, move to their neighbour, are struck
// twice or left out, rests that get a ghost. The first step stays.
std::string vary(const Steps& steps, double amount, std::uint64_t seed);

enum class ArpMode { up, down, up_down, random };
// So many notes of a chord, one after another, over so many octaves: "A3 C4 E4 …".
std::string arpeggio(const std::vector<double>& hertz, ArpMode mode, int octaves, int count, std::uint64_t seed, double a4);

}  // namespace chronus::pattern
