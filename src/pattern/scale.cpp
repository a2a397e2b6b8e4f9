#include "pattern/scale.h"

#include <array>
#include <utility>

#include "pattern/pitch.h"

namespace chronus::pattern {
namespace {

// As the quantizer has them.
constexpr std::array<std::pair<std::string_view, std::uint32_t>, 13> kScales = {{
    {"major", 0xab5}, {"minor", 0x5ad}, {"harmonic", 0x9ad}, {"dorian", 0x6ad}, {"phrygian", 0x5ab}, {"lydian", 0xad5},
    {"mixolydian", 0x6b5}, {"pentatonic", 0x295}, {"minor-pentatonic", 0x4a9}, {"blues", 0x4e9}, {"whole-tone", 0x555},
    {"locrian", 0x56b}, {"chromatic", 0xfff}}};

}  // namespace

int Scale::midi_of(int degree) const {
    std::array<int, 12> steps{};
    int count = 0;
    for (int semitone = 0; semitone < 12; ++semitone)
        if (notes >> semitone & 1) steps[static_cast<std::size_t>(count++)] = semitone;
    const int place = degree - 1, octave = place >= 0 ? place / count : -((count - 1 - place) / count);
    return root + 12 * octave + steps[static_cast<std::size_t>(place - octave * count)];
}

std::optional<Scale> scale_of_name(std::string_view text) {
    const std::size_t end = text.find_first_of(" -:_");
    const auto root = midi_of_name(text.substr(0, end));
    if (!root) return {};
    std::string_view name = end == std::string_view::npos ? "major" : text.substr(end);
    while (!name.empty() && (name[0] == ' ' || name[0] == '-' || name[0] == ':' || name[0] == '_')) name.remove_prefix(1);
    for (const auto& [known, notes] : kScales)
        if (name == known) return Scale{*root, notes};
    return {};
}

std::string scale_names() {
    std::string names;
    for (const auto& [name, notes] : kScales) names += (names.empty() ? "" : " ") + std::string(name);
    return names;
}

}  // namespace chronus::pattern
