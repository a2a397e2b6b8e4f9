// A pass made longer, shorter or later.
#include <algorithm>
#include <map>

#include "pattern/pass.h"

namespace chronus::pattern {
namespace {

constexpr std::size_t kMostHits = 4096;

// In order of their places; the notes in the order in which they are taken now.
void put_in_order(Pass& pass) {
    std::stable_sort(pass.hits.begin(), pass.hits.end(), [](const PassHit& a, const PassHit& b) { return a.at < b.at; });
    std::map<std::uint32_t, std::uint32_t> numbers;
    for (PassHit& hit : pass.hits) {
        if (hit.tie) continue;
        hit.note = numbers.emplace(hit.note, static_cast<std::uint32_t>(numbers.size())).first->second;
    }
    pass.notes = static_cast<std::uint32_t>(numbers.size());
}

}  // namespace

void lengthen(Pass& pass, std::int64_t steps) {
    if (steps <= 0 || steps == pass.steps) return;
    const std::vector<PassHit> once = std::move(pass.hits);
    const Fraction end{steps, 1};
    pass.hits.clear();
    for (std::int64_t copy = 0; copy * pass.steps < steps && pass.hits.size() < kMostHits; ++copy)
        for (PassHit hit : once) {
            const Fraction later{copy * pass.steps, 1};
            hit.at = hit.at + later;
            if (!(hit.at < end)) break;
            hit.end = std::min(hit.end + later, end);
            hit.note += static_cast<std::uint32_t>(copy) * pass.notes;
            pass.hits.push_back(std::move(hit));
        }
    pass.steps = steps;
    put_in_order(pass);
}

void rotate(Pass& pass, Fraction later) {
    if (later == Fraction{}) return;
    const Fraction all{pass.steps, 1}, none{};
    for (PassHit& hit : pass.hits) {
        const Fraction length = hit.end + hit.at * -1;
        hit.at = hit.at + later;
        while (!(hit.at < all)) hit.at = hit.at + all * -1;
        while (hit.at < none) hit.at = hit.at + all;
        hit.end = hit.at + length;
    }
    put_in_order(pass);
}

}  // namespace chronus::pattern
