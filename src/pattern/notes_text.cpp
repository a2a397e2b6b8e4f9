// Notes as text: one form for machines, one for people.
#include <fmt/format.h>

#include <cmath>

#include "pattern/notes.h"
#include "pattern/pitch.h"
#include "text/numbers.h"

namespace chronus::pattern {
namespace {

// 2^(0.5/1200) - 1: half a cent, a tenth of what a good ear can tell.
constexpr double kHalfCent = 0.000289;

template <class PrintPitch>
std::string print(const Notes& notes, PrintPitch print_pitch) {
    std::string text;
    for (const Note& note : notes.notes) {
        if (!text.empty()) text += ' ';
        text += note.rest ? "." : note.tie ? "_" : print_pitch(note.hertz);
        if (note.accent) text += '^';
        if (note.slide) text += '>';
    }
    return text;
}

}  // namespace

std::string print_notes(const Notes& notes) {
    return print(notes, [](double hertz) { return print_number(hertz) + "Hz"; });
}

std::string describe_notes(const Notes& notes, double a4) {
    return print(notes, [a4](double hertz) {
        const int midi = static_cast<int>(std::lround(69 + 12 * std::log2(hertz / a4)));
        const bool near = std::fabs(hertz / hertz_of_midi(midi, a4) - 1) < kHalfCent;
        return near ? fmt::format("{}={:.6g}", name_of_midi(midi), hertz) : fmt::format("{:.6g}Hz", hertz);
    });
}

}  // namespace chronus::pattern
