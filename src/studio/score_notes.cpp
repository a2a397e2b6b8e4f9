#include "studio/score_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pattern/pitch.h"
#include "pattern/steps.h"
#include "studio/track_keys.h"

namespace chronus {
namespace {

pattern::Step step_of(const pattern::Note& note) {
    pattern::Step step{.strokes = note.strokes};
    step.mark = note.rest ? '.' : note.tie ? '_' : note.accent ? 'X' : 'x';
    if (note.turns.empty()) return step;
    step.kind = pattern::Step::Kind::turns;
    step.parts.emplace_back();
    for (const pattern::Note& turn : note.turns) step.parts.front().push_back(step_of(turn));
    return step;
}

NoteValue value_of(const pattern::Note& note, const PublicPort& range, TrackScore& score) {
    const auto clamped = [&](double hertz) { return std::clamp(static_cast<float>(hertz), range.minimum, range.maximum); };
    NoteValue value{.hertz = clamped(note.hertz), .rest = note.rest, .slide = note.slide, .accent = note.accent};
    value.first_above = static_cast<std::uint32_t>(score.above.size());
    value.above = static_cast<std::uint32_t>(note.chord.size());
    for (const double hertz : note.chord) score.above.push_back(clamped(hertz));
    value.first_turn = static_cast<std::uint32_t>(score.turns.size());
    value.turns = static_cast<std::uint32_t>(note.turns.size());
    for (const pattern::Note& turn : note.turns) score.turns.push_back(value_of(turn, range, score));
    return value;
}

bool is_silent(const pattern::Note& note) {
    return note.turns.empty() ? note.rest || note.tie : std::all_of(note.turns.begin(), note.turns.end(), is_silent);
}

// One a hit. Where hits are those of a sequence, a tie is the note before it once more; else it is a step of the melody.
void add_values(const pattern::Notes& notes, const PublicPort& range, bool supply, TrackScore& score) {
    NoteValue held = value_of({}, range, score);
    const auto last = std::find_if_not(notes.notes.rbegin(), notes.notes.rend(), is_silent);
    if (last != notes.notes.rend()) held = value_of(*last, range, score);
    for (const pattern::Note& note : notes.notes) {
        if (!supply && is_silent(note)) continue;
        NoteValue value = note.tie ? held : value_of(note, range, score);
        if (note.tie) value.slide = note.slide, value.accent = note.accent;
        score.notes.push_back(value);
        if (!is_silent(note)) held = value;
    }
}

bool has_chord(const std::vector<pattern::Note>& notes) {
    return std::any_of(notes.begin(), notes.end(), [](const auto& note) { return !note.chord.empty() || has_chord(note.turns); });
}

bool has_strokes(const pattern::Notes& notes) {
    return std::any_of(notes.notes.begin(), notes.notes.end(), [](const auto& note) { return note.strokes > 1; });
}

// By semitones, of which an octave has twelve; a part of one goes evenly.
void transpose(std::vector<pattern::Note>& notes, double factor) {
    for (pattern::Note& note : notes) {
        if (note.hertz > 0) note.hertz = std::clamp(note.hertz * factor, pattern::kLowestHertz, pattern::kHighestHertz);
        for (double& hertz : note.chord) hertz = std::clamp(hertz * factor, pattern::kLowestHertz, pattern::kHighestHertz);
        transpose(note.turns, factor);
    }
}

// Whole semitones are those of the notes' own table, the same on every machine.
double factor_of(double semitones) {
    const double whole = std::floor(semitones), rest = semitones - whole;
    const double exact = pattern::hertz_of_midi(69 + static_cast<int>(whole), 1.0);
    return rest == 0 ? exact : static_cast<double>(static_cast<float>(exact * std::exp2(rest / 12)));
}

}  // namespace

Result<pattern::Notes> read_notes(const Studio& studio, const Track& track) {
    pattern::Tuning tuning{.a4 = studio.a4};
    if (const std::string scale = word_key(track, "scale"); !scale.empty()) tuning.scale = pattern::scale_of_name(scale);
    auto notes = pattern::parse_notes(track.notes, tuning);
    const double semitones = number_key(track, "transpose", 0) + 12 * number_key(track, "octave", 0);
    if (notes && semitones != 0) transpose(notes->notes, factor_of(semitones));
    return notes;
}

pattern::Steps steps_of(const pattern::Notes& notes) {
    pattern::Steps steps;
    for (const pattern::Note& note : notes.notes) steps.steps.push_back(step_of(note));
    return steps;
}

Result<Done> add_notes(const Studio& studio, const Track& track, const Resolved& gate, const pattern::Notes& notes, TrackScore& score) {
    if (!score.has_pitch)
        return Refusal{"unknown", fmt::format("{} ({}) has no pitch to play notes on", gate.path, gate.type->name), "melody bass: C2 C2 G2 Eb2"};
    if (studio.modules.at(gate.module).poly == 1 && has_chord(notes.notes))
        return Refusal{"type", fmt::format("{} plays one note at a time; a chord needs poly=4 or so where it is created", gate.path),
                       "create voice pad poly=4"};
    if (!track.steps.empty() && has_strokes(notes))
        return Refusal{"syntax", "* is for notes that are steps; where each hit takes a note, the hit has it: x*3", "sequence bass: X.x*3."};
    add_values(notes, gate.type->inputs[score.pitch_port], !track.steps.empty(), score);
    return Done{};
}

}  // namespace chronus
