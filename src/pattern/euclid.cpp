#include "pattern/euclid.h"

#include <algorithm>

namespace chronus::pattern {

std::vector<bool> euclid_of(const Euclid& euclid) {
    if (euclid.steps == 0) return {true};
    if (euclid.pulses == 0) return std::vector<bool>(static_cast<std::size_t>(euclid.steps));
    using Piece = std::vector<bool>;
    std::vector<Piece> heads(static_cast<std::size_t>(euclid.pulses), {true});
    std::vector<Piece> tails(static_cast<std::size_t>(euclid.steps - euclid.pulses), {false});
    while (tails.size() > 1) {
        // Each head takes a tail; those left over, of either, are the tails of the next round.
        const std::size_t pairs = std::min(heads.size(), tails.size());
        for (std::size_t i = 0; i < pairs; ++i) heads[i].insert(heads[i].end(), tails[i].begin(), tails[i].end());
        std::vector<Piece>& longer = heads.size() > pairs ? heads : tails;
        const std::vector<Piece> left(longer.begin() + static_cast<std::ptrdiff_t>(pairs), longer.end());
        heads.resize(pairs);
        tails = left;
    }
    Piece rhythm;
    for (const auto* pieces : {&heads, &tails})
        for (const Piece& piece : *pieces) rhythm.insert(rhythm.end(), piece.begin(), piece.end());
    std::rotate(rhythm.begin(), rhythm.end() - euclid.later, rhythm.end());
    return rhythm;
}

}  // namespace chronus::pattern
