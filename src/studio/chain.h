// The two forms that a rack's lines and a composite's share: "a > b > c gain" and "parameter=value".
#pragma once
#include <string>
#include <vector>

#include "refusal/refusal.h"
#include "studio/names.h"
#include "text/words.h"

namespace chronus {

struct Chain {
    std::vector<PortName> ends;  // at least two
    Gain gain;                   // of the last cable
};
// words[first …]: ends between arrows, and perhaps a gain.
Result<Chain> read_chain(const std::vector<Word>& words, std::size_t first);

// A parameter's value from text: a number (with its unit or without), or the name of a choice.
// Not clamped; NaN and infinity are refused.
Result<float> read_base(const PublicPort& port, const std::string& text);

}  // namespace chronus
