#include "text/line_diff.h"

#include <algorithm>
#include <cstdint>

namespace chronus {
namespace {

using Lines = std::vector<std::string_view>;

// The table of the longest common subsequence has a cell for each pair of lines.
constexpr std::size_t kMostCells = 4'000'000;

Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void add(std::vector<std::string>& all, const char* sign, std::string_view line) { all.push_back(sign + std::string(line)); }

}  // namespace

std::vector<std::string> line_diff(std::string_view before, std::string_view after) {
    Lines a = lines_of(before), b = lines_of(after);
    while (!a.empty() && !b.empty() && a.back() == b.back()) a.pop_back(), b.pop_back();
    const auto same = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    a.erase(a.begin(), same.first);
    b.erase(b.begin(), same.second);

    // How many lines the ends of both have in common from a pair on.
    const bool fits = (a.size() + 1) * (b.size() + 1) <= kMostCells;
    const std::size_t width = b.size() + 1;
    std::vector<std::uint32_t> common(fits ? (a.size() + 1) * width : 0);
    if (fits)
        for (std::size_t i = a.size(); i-- > 0;)
            for (std::size_t j = b.size(); j-- > 0;)
                common[i * width + j] = a[i] == b[j] ? common[(i + 1) * width + j + 1] + 1
                                                     : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    std::vector<std::string> all;
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        if (fits && i < a.size() && j < b.size() && a[i] == b[j]) ++i, ++j;
        else if (i < a.size() && (!fits || j == b.size() || common[(i + 1) * width + j] >= common[i * width + j + 1])) add(all, "- ", a[i++]);
        else add(all, "+ ", b[j++]);
    }
    return all;
}

}  // namespace chronus
