#include "pattern/pitch.h"

#include <array>
#include <cmath>
#include <cstdlib>

#include "text/numbers.h"

namespace chronus::pattern {
namespace {

constexpr int kMidiA4 = 69;
constexpr int kDefaultOctave = 4;
constexpr int kLowestOctave = -1;
constexpr int kHighestOctave = 9;

// 2^(k/12), each rounded to the nearest double.
constexpr std::array<double, 12> kSemitones = {1.0,
                                               1.0594630943592953,
                                               1.122462048309373,
                                               1.189207115002721,
                                               1.2599210498948732,
                                               1.3348398541700344,
                                               1.4142135623730951,
                                               1.4983070768766815,
                                               1.5874010519681996,
                                               1.681792830507429,
                                               1.7817974362806785,
                                               1.887748625363387};

constexpr std::array<std::string_view, 12> kNames = {"C",  "C#", "D",  "Eb", "E",  "F",
                                                     "F#", "G",  "Ab", "A",  "Bb", "B"};

// Octaves are counted down as well as up, so the remainder must not be negative.
constexpr int floor_div(int n, int by) {
    return n >= 0 ? n / by : -((by - 1 - n) / by);
}

std::optional<int> semitone_of_letter(char letter) {
    switch (letter | 0x20) {
        case 'c':
            return 0;
        case 'd':
            return 2;
        case 'e':
            return 4;
        case 'f':
            return 5;
        case 'g':
            return 7;
        case 'a':
            return 9;
        case 'b':
            return 11;
        default:
            return {};
    }
}

std::optional<int> read_octave(std::string_view text) {
    if (text.empty()) return kDefaultOctave;
    if (text == "-1") return kLowestOctave;
    if (text.size() != 1 || text[0] < '0' || text[0] > '0' + kHighestOctave) return {};
    return text[0] - '0';
}

}  // namespace

double hertz_of_midi(int midi, double a4) {
    const int octaves = floor_div(midi - kMidiA4, 12);
    return std::ldexp(a4 * kSemitones[midi - kMidiA4 - 12 * octaves], octaves);
}

std::optional<int> midi_of_name(std::string_view name) {
    if (name.empty()) return {};
    const auto letter = semitone_of_letter(name[0]);
    name.remove_prefix(1);
    // The sign must be the same twice: C#b is a slip, not a note.
    const std::string_view sign = name.substr(0, 1);
    const int step = sign == "#" ? 1 : sign == "b" ? -1 : 0;
    int raised = 0;
    while (step != 0 && std::abs(raised) < 2 && name.starts_with(sign)) {
        raised += step;
        name.remove_prefix(1);
    }
    const auto octave = read_octave(name);
    if (!letter || !octave) return {};
    return (*octave + 1) * 12 + *letter + raised;
}

std::string name_of_midi(int midi) {
    const int octave = floor_div(midi, 12);
    return std::string(kNames[midi - 12 * octave]) + print_number(octave - 1);
}

}  // namespace chronus::pattern
