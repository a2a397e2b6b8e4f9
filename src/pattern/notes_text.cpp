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
std::string print(const std::vector<Note>& notes, PrintPitch print_pitch);

template <class PrintPitch>
std::string print(const Note& note, PrintPitch print_pitch) {
    const std::string strokes = note.strokes > 1 ? fmt::format("*{}", note.strokes) : "";
    if (!note.turns.empty()) return "<" + print(note.turns, print_pitch) + ">" + strokes;
    std::string text = note.rest ? "." : note.tie ? "_" : print_pitch(note.hertz);
    for (const double above : note.chord) text += "," + print_pitch(above);
    if (!note.chord.empty()) text = "[" + text + "]";
    if (note.accent) text += '^';
    if (note.slide) text += '>';
    return text + strokes;
}

template <class PrintPitch>
std::string print(const std::vector<Note>& notes, PrintPitch print_pitch) {
    std::string text;
    for (const Note& note : notes) text += (text.empty() ? "" : " ") + print(note, print_pitch);
    return text;
}

}  // namespace

std::string print_notes(const Notes& notes) {
    return print(notes.notes, [](double hertz) { return print_number(hertz) + "Hz"; });
}

std::string describe_notes(const Notes& notes, double a4) {
    return print(notes.notes, [a4](double hertz) {
        const int midi = static_cast<int>(std::lround(69 + 12 * std::log2(hertz / a4)));
        const bool near = std::fabs(hertz / hertz_of_midi(midi, a4) - 1) < kHalfCent;
        return near ? fmt::format("{}={:.6g}", name_of_midi(midi), hertz) : fmt::format("{:.6g}Hz", hertz);
    });
}

}  // namespace chronus::pattern
