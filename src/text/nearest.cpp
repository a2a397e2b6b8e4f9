// Damerau-Levenshtein distance (optimal string alignment): swapped neighbours are the commonest slip, and
// count one.
#include "text/nearest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace chronus {
namespace {

std::string lower(std::string_view text) {
    std::string low(text);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return low;
}

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::swap(before_last, last);
        std::swap(last, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row[b.size()];
}

struct Candidate {
    std::size_t rank = 0;   // 0 the same but for case, 1 a beginning of it, 2d at distance d
    std::size_t extra = 0;  // of two that begin alike the shorter is likelier
    const std::string* name = nullptr;
};

}  // namespace

std::vector<std::string> nearest(std::string_view wrong, std::span<const std::string> names, int most) {
    const std::string typed = lower(wrong);
    const std::size_t bound = std::max<std::size_t>(2, typed.size() / 2);
    std::vector<Candidate> candidates;
    for (const std::string& name : names) {
        const std::string right = lower(name);
        if (!typed.empty() && right.starts_with(typed)) {
            const std::size_t extra = right.size() - typed.size();
            candidates.push_back({extra == 0 ? 0u : 1u, extra, &name});
            continue;
        }
        const std::size_t longer = std::max(typed.size(), right.size());
        if (longer - std::min(typed.size(), right.size()) > bound) continue;
        const std::size_t steps = distance(typed, right);
        // As many slips as letters would make anything of anything.
        if (steps <= bound && steps < longer) candidates.push_back({2 * steps, 0, &name});
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return std::tie(a.rank, a.extra) < std::tie(b.rank, b.extra);
    });
    std::vector<std::string> found;
    for (const Candidate& candidate : candidates) {
        if (static_cast<int>(found.size()) >= most) break;
        if (std::find(found.begin(), found.end(), *candidate.name) == found.end())
            found.push_back(*candidate.name);
    }
    return found;
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string> right) {
    const std::vector<std::string> close = nearest(wrong, right);
    if (!close.empty()) return fmt::format("; did you mean {}?", fmt::join(close, ", "));
    if (right.empty() || right.size() > 12) return "";
    return fmt::format("; there is {}", fmt::join(right, ", "));
}

}  // namespace chronus
