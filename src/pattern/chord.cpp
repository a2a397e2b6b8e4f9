#include "pattern/chord.h"

namespace chronus::pattern {
namespace {

struct Chord {
    std::string_view name;
    int count;
    int above[6];
};

constexpr Chord kChords[] = {
    {"maj", 2, {4, 7}}, {"m", 2, {3, 7}}, {"min", 2, {3, 7}}, {"5", 1, {7}}, {"dim", 2, {3, 6}}, {"aug", 2, {4, 8}},
    {"sus2", 2, {2, 7}}, {"sus4", 2, {5, 7}}, {"6", 3, {4, 7, 9}}, {"m6", 3, {3, 7, 9}}, {"7", 3, {4, 7, 10}},
    {"maj7", 3, {4, 7, 11}}, {"m7", 3, {3, 7, 10}}, {"min7", 3, {3, 7, 10}}, {"dim7", 3, {3, 6, 9}}, {"m7b5", 3, {3, 6, 10}},
    {"7sus4", 3, {5, 7, 10}}, {"add9", 3, {4, 7, 14}}, {"9", 4, {4, 7, 10, 14}}, {"maj9", 4, {4, 7, 11, 14}},
    {"m9", 4, {3, 7, 10, 14}}, {"min9", 4, {3, 7, 10, 14}}, {"m11", 5, {3, 7, 10, 14, 17}}, {"13", 5, {4, 7, 10, 14, 21}},
};

}  // namespace

std::optional<std::span<const int>> chord_of_name(std::string_view name) {
    for (const Chord& chord : kChords)
        if (chord.name == name) return std::span(chord.above, static_cast<std::size_t>(chord.count));
    return {};
}

std::string chord_names() {
    std::string names;
    for (const Chord& chord : kChords) names += (names.empty() ? "" : " ") + std::string(chord.name);
    return names;
}

}  // namespace chronus::pattern
