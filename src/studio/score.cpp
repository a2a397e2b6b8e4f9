#include "studio/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pattern/notes.h"
#include "pattern/pass.h"
#include "pattern/steps.h"
#include "studio/resolve.h"

namespace chronus {
namespace {

constexpr double kAccentBoost = 1500;  // Hz that a full velocity opens the filter, if nothing else is said
constexpr double kGateFraction = 0.5;

// Options that write a parameter, and by what names modules call it.
struct Written {
    const char* option;
    std::array<const char*, 3> parameters;
};
constexpr Written kWritten[] = {
    {"base_freq", {"freq", "tune", "pitch"}},
    {"filter_freq", {"filter/freq", "cutoff", "tone"}},
    {"base_amp", {"amp", "level", "gain"}},
    {"reverb_send", {"send/reverb", "reverb", "space"}},
    {"delay_send", {"send/delay", "delay", "echo"}},
};

double option(const Track& track, const char* name, double otherwise) {
    const auto found = track.options.find(name);
    return found == track.options.end() ? otherwise : found->second;
}

Hit hit_of(const pattern::PassHit& from) {
    const Steps32 at = from.at.rounded(kStep);
    return {.at = at, .length = from.end.rounded(kStep) - at, .velocity = from.velocity, .tie = from.tie,
            .last = from.last.rounded(kStep)};
}

// The audio thread counts notes from hit to hit: each hit's is told from the first of all that are still to come.
void number_notes(const pattern::Pass& pass, TrackScore& score) {
    std::uint32_t first_to_come = pass.notes;
    for (std::size_t i = score.hits.size(); i-- > 0;) {
        if (pass.hits[i].tie) continue;
        const std::uint32_t first = std::min(first_to_come, pass.hits[i].note);
        score.hits[i].note = pass.hits[i].note - first;
        score.hits[i].notes_on = first_to_come - first;
        first_to_come = first;
    }
}

}  // namespace

void add_hits(const pattern::Steps& steps, TrackScore& score) {
    pattern::Pass pass;
    pattern::unfold(steps, pass);  // what is too much was refused when it was read
    score.pass = pass.steps * kStep;
    for (const pattern::PassHit& from : pass.hits) {
        Hit& hit = score.hits.emplace_back(hit_of(from));
        hit.first_condition = static_cast<std::uint32_t>(score.conditions.size());
        hit.conditions = static_cast<std::uint32_t>(from.conditions.size());
        for (const pattern::Condition& c : from.conditions)
            score.conditions.push_back({c.by_chance, c.every, c.place, c.of, c.from, c.to});
    }
    number_notes(pass, score);
}

namespace {

// A melody by itself plays one note a step; its rests and ties are steps.
pattern::Step step_of(const pattern::Note& note) {
    pattern::Step step{.strokes = note.strokes};
    step.mark = note.rest ? '.' : note.tie ? '_' : note.accent ? 'X' : 'x';
    if (note.turns.empty()) return step;
    step.kind = pattern::Step::Kind::turns;
    step.parts.emplace_back();
    for (const pattern::Note& turn : note.turns) step.parts.front().push_back(step_of(turn));
    return step;
}

void add_melody(const pattern::Notes& notes, TrackScore& score) {
    pattern::Steps steps;
    for (const pattern::Note& note : notes.notes) steps.steps.push_back(step_of(note));
    add_hits(steps, score);
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
void add_notes(const pattern::Notes& notes, const PublicPort& range, bool supply, TrackScore& score) {
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

}  // namespace

bool is_track_option(const std::string& name) {
    return name == "accent_boost" || name == "gate_frac" ||
           std::any_of(std::begin(kWritten), std::end(kWritten), [&](const Written& w) { return name == w.option; });
}

bool is_heard(const Studio& studio, const Track& track) {
    const auto other = [&](const auto& entry) { return entry.second.slot != track.slot && entry.second.solo; };
    return !track.muted && (track.solo || std::none_of(studio.tracks.begin(), studio.tracks.end(), other));
}

std::set<std::string> heard_tracks(const Studio& studio) {
    std::set<std::string> heard;
    for (const auto& [name, track] : studio.tracks)
        if (is_heard(studio, track)) heard.insert(name);
    return heard;
}

Result<From> read_from(const std::string& text) {
    constexpr std::pair<const char*, From> kNames[] = {
        {"now", From::now}, {"step", From::step}, {"beat", From::beat}, {"bar", From::bar}, {"pass", From::pass}};
    for (const auto& [name, from] : kNames)
        if (text == name) return from;
    return Refusal{"unknown", fmt::format("a change begins at the next step, beat, bar or pass, or now; not at {}", text),
                   "/seq/update/pattern kick x...x... bar"};
}

Result<std::unique_ptr<TrackScore>> compile_track(const Studio& studio, const Types& types, const std::string& name,
                                                  const Track& track, Roster& roster, const std::string& from) {
    const auto gate = resolve_gate(studio, types, track.module);
    if (!gate) return gate.refusal();
    const auto begin = read_from(from);
    if (!begin) return begin.refusal();

    auto score = std::make_unique<TrackScore>();
    score->slot = track.slot;
    score->seed = seed_of("track " + name, studio.seed);
    score->module = roster.index_of(gate->path);
    score->generation = static_cast<std::uint32_t>(studio.modules.at(gate->module).birth);
    score->gate_port = static_cast<std::uint16_t>(gate->port);
    score->from = *begin;
    score->audible = is_heard(studio, track);
    score->gate_fraction = static_cast<float>(option(track, "gate_frac", kGateFraction));

    const auto pitch = gate->type->pitch();
    score->has_pitch = pitch.has_value();
    score->pitch_port = static_cast<std::uint16_t>(pitch.value_or(0));
    if (!track.notes.empty()) {
        const auto notes = pattern::parse_notes(track.notes);
        if (!notes) return notes.refusal();
        if (!pitch) return Refusal{"unknown", fmt::format("{} ({}) has no pitch to play notes on", gate->path, gate->type->name),
                           "melody bass: C2 C2 G2 Eb2"};
        const int lanes = studio.modules.at(gate->module).poly;
        if (lanes == 1 && has_chord(notes->notes))
            return Refusal{"type", fmt::format("{} plays one note at a time; a chord needs poly=4 or so where it is created", gate->path),
                           "create voice pad poly=4"};
        if (!track.steps.empty() && has_strokes(*notes))
            return Refusal{"syntax", "* is for notes that are steps; where each hit takes a note, the hit has it: x*3", "sequence bass: X.x*3."};
        add_notes(*notes, gate->type->inputs[*pitch], !track.steps.empty(), *score);
        if (track.steps.empty()) add_melody(*notes, *score);
    }
    if (!track.steps.empty()) {
        const auto steps = pattern::parse_steps(track.steps);
        if (!steps) return steps.refusal();
        add_hits(*steps, *score);
    }
    for (const Written& written : kWritten) {
        const auto value = track.options.find(written.option);
        if (value == track.options.end() || (!track.notes.empty() && written.option == std::string_view("base_freq"))) continue;
        const auto name = std::find_if(written.parameters.begin(), written.parameters.end(),
                                       [&](const char* parameter) { return gate->type->input(parameter).has_value(); });
        if (name == written.parameters.end())
            return Refusal{"unknown", fmt::format("{} ({}) has no {} for {}", gate->path, gate->type->name,
                                                  written.parameters.front(), written.option), ""};
        const std::size_t port = *gate->type->input(*name);
        const PublicPort& range = gate->type->inputs[port];
        const bool opens = written.option == std::string_view("filter_freq");
        score->drives.push_back({.port = static_cast<std::uint16_t>(port),
                                 .value = static_cast<float>(value->second),
                                 .by_velocity = opens ? static_cast<float>(option(track, "accent_boost", kAccentBoost)) : 0.0f,
                                 .minimum = range.minimum, .maximum = range.maximum});
    }
    return score;
}

}  // namespace chronus
