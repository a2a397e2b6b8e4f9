// What a rack's lines and a composite's share: "a > b > c gain".
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
Result<Chain> read_chain(const std::vector<SplitWord>& words, std::size_t first);

}  // namespace chronus
