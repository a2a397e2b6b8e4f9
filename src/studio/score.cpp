#include "studio/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pattern/pass.h"
#include "pattern/steps.h"
#include "studio/resolve.h"
#include "studio/score_notes.h"
#include "studio/track_keys.h"
#include "studio/values.h"
#include "text/numbers.h"

namespace chronus {
namespace {

constexpr double kAccentBoost = 1500;  // Hz that a full velocity opens the filter, if nothing else is said
constexpr double kGateFraction = 0.5;

// Keys that write a parameter, and by what names modules call it.
struct Written {
    const char* key;
    std::array<const char*, 3> parameters;
};
constexpr Written kWritten[] = {
    {"base_freq", {"freq", "tune", "pitch"}},
    {"filter_freq", {"filter/freq", "cutoff", "tone"}},
    {"base_amp", {"amp", "level", "gain"}},
    {"reverb_send", {"send/reverb", "reverb", "space"}},
    {"delay_send", {"send/delay", "delay", "echo"}},
};

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

void add_hits(const pattern::Steps& steps, const Track& track, TrackScore& score) {
    constexpr std::int64_t kParts = 10000;  // of a step, to which an offset is kept
    pattern::Pass pass;
    pattern::unfold(steps, pass);  // what is too much was refused when it was read
    pattern::lengthen(pass, static_cast<std::int64_t>(number_key(track, "length", 0)));
    pattern::rotate(pass, pattern::Fraction::of(std::llround(number_key(track, "offset", 0) * kParts), kParts));
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

namespace {

// What does not depend on what it plays.
std::unique_ptr<TrackScore> begin_score(const Studio& studio, const std::string& name, const Track& track, const Turn& turn) {
    auto score = std::make_unique<TrackScore>();
    const std::string seed = word_key(track, "seed");
    score->slot = track.slot;
    score->seed = seed_of("track " + (seed.empty() ? name : seed), studio.seed);
    score->from = turn.from;
    score->turn = turn.beats;
    score->audible = is_heard(studio, track);
    score->pace = pace_of(track);
    score->time_stray = static_cast<Steps32>(number_key(track, "humanize", 0) * static_cast<double>(kStep));
    score->velocity_stray = static_cast<float>(number_key(track, "humanize_velocity", 0));
    const int grid = grid_of(word_key(track, "swing_grid"));
    if (grid != 0 || track.keys.contains("swing")) {
        score->own_swing = true;
        score->swing = Swing::of(static_cast<float>(number_key(track, "swing", static_cast<double>(studio.swing))),
                                 (grid == 0 ? studio.swing_grid : grid) / 4);
    }
    return score;
}

void lead_to(const Studio& studio, const Resolved& input, Roster& roster, TrackScore& score) {
    score.module = roster.index_of(input.path);
    score.generation = static_cast<std::uint32_t>(studio.modules.at(input.module).birth);
}

// What a hit writes besides its gate and its pitch.
Result<Done> add_drives(const Track& track, const Resolved& gate, TrackScore& score) {
    for (const Written& written : kWritten) {
        if (!track.keys.contains(written.key) || (!track.notes.empty() && written.key == std::string_view("base_freq"))) continue;
        const auto name = std::find_if(written.parameters.begin(), written.parameters.end(),
                                       [&](const char* parameter) { return gate.type->input(parameter).has_value(); });
        if (name == written.parameters.end())
            return Refusal{"unknown", fmt::format("{} ({}) has no {} for {}", gate.path, gate.type->name,
                                                  written.parameters.front(), written.key), ""};
        const std::size_t port = *gate.type->input(*name);
        const PublicPort& range = gate.type->inputs[port];
        const bool opens = written.key == std::string_view("filter_freq");
        score.drives.push_back({.port = static_cast<std::uint16_t>(port),
                                .value = static_cast<float>(number_key(track, written.key, 0)),
                                .by_velocity = opens ? static_cast<float>(number_key(track, "accent_boost", kAccentBoost)) : 0.0f,
                                .minimum = range.minimum, .maximum = range.maximum});
    }
    return Done{};
}

Result<Done> add_values(const Studio& studio, const Types& types, const Track& track, Roster& roster, TrackScore& score) {
    const auto input = resolve_input(studio, types, track.module + "/" + track.lane);
    if (!input) return input.refusal();
    const PublicPort& port = input->info();
    const auto steps = read_lane(port, track.steps, types.sounds());
    if (!steps) return steps.refusal();
    lead_to(studio, *input, roster, score);
    const std::string curve = word_key(track, "curve");
    const bool between = port.choices.empty() && !port.shelf();
    score.role = !between || curve.empty() || curve == "steps" ? Role::steps : curve == "lin" ? Role::linear : Role::exponential;
    score.drives.push_back({.port = static_cast<std::uint16_t>(input->port), .value = 0, .by_velocity = 0, .minimum = port.minimum, .maximum = port.maximum});
    add_hits(*steps, track, score);
    return Done{};
}

}  // namespace

Result<pattern::Steps> read_lane(const PublicPort& port, const std::string& text, Shelf& sounds) {
    if (!port.is_parameter() || port.shelf())
        return Refusal{"type", fmt::format("{} is no parameter that a lane could lead", port.name), "lane bass.cutoff: 200 400 800"};
    return pattern::parse_lane(text, [&](const std::string& word) -> Result<float> {
        const auto value = read_base(port, word, sounds);
        if (!value) return value.refusal();
        if (*value < port.minimum || *value > port.maximum)
            return Refusal{"range", fmt::format("{} is from {} to {}", port.name, print_number(port.minimum), print_number(port.maximum)), ""};
        return *value;
    });
}

Result<std::unique_ptr<TrackScore>> compile_track(const Studio& studio, const Types& types, const std::string& name,
                                                  const Track& track, Roster& roster, const Turn& turn) {
    auto score = begin_score(studio, name, track, turn);
    if (!track.lane.empty()) {
        if (const auto added = add_values(studio, types, track, roster, *score); !added) return added.refusal();
        return score;
    }
    const auto gate = resolve_gate(studio, types, track.module);
    if (!gate) return gate.refusal();
    lead_to(studio, *gate, roster, *score);
    score->gate_port = static_cast<std::uint16_t>(gate->port);
    score->legato = is_on(track, "legato");
    score->gate_fraction = static_cast<float>(number_key(track, "gate_frac", score->legato ? 1 : kGateFraction));
    const auto pitch = gate->type->pitch();
    score->has_pitch = pitch.has_value();
    score->pitch_port = static_cast<std::uint16_t>(pitch.value_or(0));
    if (!track.notes.empty()) {
        const auto notes = read_notes(studio, track);
        if (!notes) return notes.refusal();
        if (const auto added = add_notes(studio, track, *gate, *notes, *score); !added) return added.refusal();
        if (track.steps.empty()) add_hits(steps_of(*notes), track, *score);
    }
    if (!track.steps.empty()) {
        const auto steps = pattern::parse_steps(track.steps);
        if (!steps) return steps.refusal();
        add_hits(*steps, track, *score);
    }
    if (const auto added = add_drives(track, *gate, *score); !added) return added.refusal();
    return score;
}

}  // namespace chronus
