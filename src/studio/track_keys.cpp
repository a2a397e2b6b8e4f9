#include "studio/track_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "pattern/scale.h"
#include "studio/names.h"
#include "text/numbers.h"
#include "text/quote.h"
#include "text/words.h"

namespace chronus {
namespace {

using Kind = TrackKey::Kind;

constexpr TrackKey kKeys[] = {
    {"accent_boost", Kind::number, 0, 24000, "Hz that a full velocity opens the filter by"},
    {"after", Kind::whole, 0, 10000, "passes, after which comes what `then` says"},
    {"base_amp", Kind::number, 0, 24000, "the level at each hit"},
    {"base_freq", Kind::number, 0, 24000, "Hz at each hit, without notes"},
    {"curve", Kind::curve, 0, 0, "of a lane: steps, lin or exp"},
    {"delay_send", Kind::number, 0, 24000, "into the echo at each hit"},
    {"filter_freq", Kind::number, 0, 24000, "Hz of the filter at each hit"},
    {"gate_frac", Kind::number, 0.01, 1, "how much of a hit's last step its gate is open"},
    {"humanize", Kind::number, 0, 0.5, "steps by which hits come early or late, at the most"},
    {"humanize_velocity", Kind::number, 0, 1, "the part by which hits are harder or softer, at the most"},
    {"legato", Kind::on_off, 0, 0, "notes that touch are one gate"},
    {"length", Kind::whole, 0, 4096, "steps of a pass: the pattern is cut, or begun again"},
    {"octave", Kind::whole, -5, 5, "octaves that notes are moved by"},
    {"offset", Kind::number, -4096, 4096, "steps that all of it comes later"},
    {"rate", Kind::ratio, 0, 0, "times as fast: 2, 3/2, 1/2"},
    {"reverb_send", Kind::number, 0, 24000, "into the room at each hit"},
    {"scale", Kind::scale, 0, 0, "in whose degrees notes are written: C-minor"},
    {"seed", Kind::word, 0, 0, "of its chances, in place of its name"},
    {"step", Kind::note_value, 0, 0, "how long a step is: 1/16, 1/8, 1/8t, 1/16."},
    {"swing", Kind::number, 0, 0.6, "its own, in place of that of all"},
    {"swing_grid", Kind::grid, 0, 0, "of which every second one is late: 1/8, 1/16"},
    {"then", Kind::word, 0, 0, "a pattern of its bank, stop, or scene:NAME"},
    {"transpose", Kind::number, -60, 60, "semitones that notes are moved by"},
};

constexpr int kMostRatio = 64;

std::optional<Pace> read_ratio(std::string text) {
    if (text.starts_with('*')) text.erase(0, 1);
    if (text.starts_with('/')) text.insert(0, "1");
    const auto slash = text.find('/');
    const auto over = read_as<int>(text.substr(0, slash));
    const auto under = slash == std::string::npos ? std::optional(1) : read_as<int>(text.substr(slash + 1));
    if (!over || !under || *over < 1 || *under < 1 || *over > kMostRatio || *under > kMostRatio) return {};
    const int both = std::gcd(*over, *under);
    return Pace{*over / both, *under / both};
}

// Steps a beat of 1/16, 1/8t (three in the time of two) or 1/16. (half as long again).
std::optional<Pace> read_note_value(std::string text) {
    Pace pace{1, 4};
    if (text.ends_with('t')) pace = {3, 8};
    if (text.ends_with('.')) pace = {1, 6};
    if (pace != Pace{1, 4}) text.pop_back();
    if (!text.starts_with("1/")) return {};
    const auto part = read_as<int>(text.substr(2));
    if (!part || *part < 1 || *part > 64) return {};
    const int over = pace.over * *part, both = std::gcd(over, pace.under);
    return Pace{over / both, pace.under / both};
}

std::string print_ratio(Pace pace) { return pace.under == 1 ? print_number(pace.over) : fmt::format("{}/{}", pace.over, pace.under); }

Result<std::string> canonical(Request& request, const TrackKey& key, const std::string& value) {
    const std::string name(key.name);
    const auto wrong = [&](std::string_view what) {
        return request.refuse("type", fmt::format("{} wants {}, not {}", name, what, value));
    };
    switch (key.kind) {
        case Kind::number:
        case Kind::whole: {
            const auto number = read_number(value);
            if (!number || !std::isfinite(*number)) return wrong("a number");
            if (key.kind == Kind::whole && *number != std::floor(*number)) return wrong("a whole number");
            return print_number(request.clamped(name, *number, key.low, key.high));
        }
        case Kind::on_off:
            if (value == "on" || value == "1") return std::string("on");
            if (value == "off" || value == "0") return std::string();
            return wrong("on or off");
        case Kind::ratio: {
            const auto ratio = read_ratio(value);
            if (!ratio) return wrong("a ratio of numbers from 1 to 64: 2, 3/2, 1/2");
            return print_ratio(*ratio);
        }
        case Kind::note_value:
            if (!read_note_value(value)) return wrong("a note value: 1/16, 1/8, 1/8t, 1/16.");
            return value;
        case Kind::grid:
            if (grid_of(value) == 0) return wrong("1/4, 1/8, 1/16 or 1/32");
            return value;
        case Kind::scale:
            if (!pattern::scale_of_name(value)) return wrong(fmt::format("a root and a scale, C-minor: {}", pattern::scale_names()));
            return value;
        case Kind::curve:
            if (value == "linear") return std::string("lin");
            if (value == "exponential") return std::string("exp");
            if (value != "steps" && value != "lin" && value != "exp") return wrong("steps, lin or exp");
            return value;
        case Kind::word: return value;
    }
    return value;
}

}  // namespace

std::span<const TrackKey> track_keys() { return kKeys; }

Result<Done> read_key(Request& request, Track& track, const std::string& word) {
    const auto equals = word.find('=');
    std::string name = word.substr(0, equals);
    if (name == "gate") name = "gate_frac";
    const auto key = std::find_if(std::begin(kKeys), std::end(kKeys), [&](const TrackKey& k) { return k.name == name; });
    if (equals == std::string::npos || key == std::end(kKeys)) {
        std::vector<std::string> names;
        for (const TrackKey& known : kKeys) names.emplace_back(known.name);
        return request.refuse("unknown", fmt::format("a track has no option {}{}", name, did_you_mean(name, names)));
    }
    const std::string value = word.substr(equals + 1);
    auto read = value.empty() ? Result<std::string>(std::string()) : canonical(request, *key, value);
    if (!read) return read.refusal();
    if (read->empty()) track.keys.erase(name);
    else track.keys[name] = std::move(*read);
    return Done{};
}

std::string print_keys(const Track& track) {
    std::string text;
    for (const auto& [key, value] : track.keys)
        text += (text.empty() ? "" : " ") + key + "=" + (is_one_word(value) ? value : quote(value));
    return text;
}

std::string word_key(const Track& track, std::string_view key) {
    const auto found = track.keys.find(std::string(key));
    return found == track.keys.end() ? "" : found->second;
}

double number_key(const Track& track, std::string_view key, double otherwise) {
    return read_number(word_key(track, key)).value_or(otherwise);
}

bool is_on(const Track& track, std::string_view key) { return word_key(track, key) == "on"; }

Pace pace_of(const Track& track) {
    const Pace step = read_note_value(word_key(track, "step")).value_or(Pace{}), rate = read_ratio(word_key(track, "rate")).value_or(Pace{1, 1});
    const int over = step.over * rate.over, under = step.under * rate.under, both = std::gcd(over, under);
    return {over / both, under / both};
}

int grid_of(std::string_view note_value) {
    for (const int grid : {4, 8, 16, 32})
        if (note_value == fmt::format("1/{}", grid)) return grid;
    return 0;
}

}  // namespace chronus
