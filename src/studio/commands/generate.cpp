// Commands that make patterns by rule and answer them as plain text; with into=TRACK they are played.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "pattern/generate.h"
#include "studio/console.h"
#include "studio/request.h"
#include "studio/track_keys.h"
#include "studio/tracks.h"
#include "text/numbers.h"

namespace chronus {
namespace {

struct Asked {
    std::string into;
    std::int64_t seed = 1;
    std::map<std::string, double> numbers;
};

// A number that may be said by its name or in its place.
struct Number {
    const char* name;
    double initial, low, high;
};

// What stands behind the arguments: numbers, into=TRACK, seed=N.
Result<Asked> read_asked(Request& request, std::size_t first, std::initializer_list<Number> numbers = {}) {
    Asked asked;
    for (const Number& number : numbers) asked.numbers[number.name] = number.initial;
    const auto* next = numbers.begin();
    for (std::size_t i = first; i < request.count(); ++i) {
        const std::string word = request.text(i), name = word.substr(0, word.find('=')), value = name == word ? word : word.substr(name.size() + 1);
        const bool named = name != word;
        if (named && name == "into") {
            asked.into = value;
            continue;
        }
        if (const auto seed = named && name == "seed" ? read_as<std::int64_t>(value) : std::nullopt) {
            asked.seed = *seed;
            continue;
        }
        const auto* known = std::find_if(numbers.begin(), numbers.end(), [&](const Number& n) { return name == n.name; });
        if (!named && next != numbers.end()) known = next++;
        const auto number = read_number(value);
        if (known == numbers.end() || !number)
            return request.refuse("syntax", fmt::format("{} is neither a number that belongs here nor into=TRACK or seed=NUMBER", word));
        asked.numbers[known->name] = request.clamped(known->name, *number, known->low, known->high);
    }
    return asked;
}

// The text; played from the next bar on if it is to go into a track, or into a module that has none yet.
Result<Words> give(Request& request, const Asked& asked, const std::string& text, bool notes) {
    if (asked.into.empty()) return Words{text};
    const auto old = request.studio.tracks.find(asked.into);
    const bool there = old != request.studio.tracks.end();
    Track track;
    if (there) track = old->second;
    else track.module = module_path_of(request.studio, asked.into);
    (notes ? track.notes : track.steps) = text;
    const Put how{{notes || !there ? From::step : From::bar, 0}, notes};
    auto words = put_track(request, asked.into, track, how);
    if (!words || !request.log_as.empty()) return words;
    if (notes) request.log_as = {{"/melody", {asked.into, text}}};
    else if (there) request.log_as = {{"/seq/update/pattern", {asked.into, text, std::string("bar")}}};
    else request.log_as = {{"/sequence", {asked.into, text}}};
    return words;
}

Result<pattern::Steps> steps_of_track(Request& request) {
    const auto name = find_track(request);
    if (!name) return name.refusal();
    const Track& track = request.studio.tracks.at(*name);
    if (!track.lane.empty() || track.steps.empty()) return request.refuse("type", fmt::format("{} has no pattern of steps", *name));
    return pattern::parse_steps(track.steps);
}

Result<Words> euclid(Request& request) {
    const auto asked = read_asked(request, 2, {{"later", 0, 0, 64}});
    if (!asked) return asked.refusal();
    pattern::Euclid made{static_cast<int>(request.number(0)), static_cast<int>(request.number(1)), static_cast<int>(asked->numbers.at("later"))};
    made.pulses = static_cast<int>(request.clamped("hits", made.pulses, 0, made.steps));
    made.later %= made.steps;
    return give(request, *asked, pattern::euclid_text(made), false);
}

Result<Words> answer(Request& request) {
    const auto steps = steps_of_track(request);
    if (!steps) return steps.refusal();
    const auto asked = read_asked(request, 1, {{"amount", 0.5, 0, 1}});
    if (!asked) return asked.refusal();
    return give(request, *asked, pattern::answer(*steps, asked->numbers.at("amount"), static_cast<std::uint64_t>(asked->seed)), false);
}

Result<Words> vary(Request& request) {
    const auto steps = steps_of_track(request);
    if (!steps) return steps.refusal();
    const auto asked = read_asked(request, 1, {{"amount", 0.2, 0, 1}});
    if (!asked) return asked.refusal();
    return give(request, *asked, pattern::vary(*steps, asked->numbers.at("amount"), static_cast<std::uint64_t>(asked->seed)), false);
}

// arp A3:m7 up-down 16 octaves=2
Result<Words> arp(Request& request) {
    const auto notes = pattern::parse_notes(request.text(0), {.a4 = request.studio.a4});
    if (!notes) return notes.refusal();
    std::vector<double> hertz;
    for (const pattern::Note& note : notes->notes) {
        if (note.hertz > 0) hertz.push_back(note.hertz);
        hertz.insert(hertz.end(), note.chord.begin(), note.chord.end());
    }
    if (hertz.empty()) return request.refuse("syntax", "an arpeggio is made of notes: A3:m7, or \"A3 C4 E4\"");
    constexpr std::pair<const char*, pattern::ArpMode> kModes[] = {{"up", pattern::ArpMode::up}, {"down", pattern::ArpMode::down},
        {"up-down", pattern::ArpMode::up_down}, {"random", pattern::ArpMode::random}};
    const std::string wanted = request.text(1);
    const auto mode = std::find_if(std::begin(kModes), std::end(kModes), [&](const auto& known) { return wanted == known.first; });
    if (mode == std::end(kModes)) return request.refuse("unknown", fmt::format("an arpeggio goes up, down, up-down or random, not {}", wanted));
    const auto asked = read_asked(request, 2, {{"count", 16, 1, 256}, {"octaves", 1, 1, 4}});
    if (!asked) return asked.refusal();
    const int count = static_cast<int>(asked->numbers.at("count")), octaves = static_cast<int>(asked->numbers.at("octaves"));
    return give(request, *asked, pattern::arpeggio(hertz, mode->second, octaves, count, static_cast<std::uint64_t>(asked->seed), request.studio.a4), true);
}

constexpr Command kCommands[] = {
    {"/euclid", {takes::whole("hits", 0, 64), takes::whole("steps", 1, 64), takes::many("later, into=track").or_else("")},
     "Hits spread over steps as evenly as they go, as a pattern.", "/euclid 5 8", Effect::sound, euclid},
    {"/answer", {takes::text("track"), takes::many("amount, into=track, seed=number").or_else("")},
     "A pattern that plays where a track rests, the more the higher the amount, 0 to 1.", "/answer kick 0.5 seed=3", Effect::sound, answer},
    {"/vary", {takes::text("track"), takes::many("amount, into=track, seed=number").or_else("")},
     "A track's pattern with some of its steps changed, the more the higher the amount, 0 to 1.", "/vary kick 0.3 seed=7", Effect::sound, vary},
    {"/arp", {takes::text("notes"), takes::text("up, down, up-down or random").or_else("up"), takes::many("count, octaves, into=track, seed=number").or_else("")},
     "A chord's notes one after another, as a melody.", "/arp A3:m7 up-down 8", Effect::sound, arp},
};

}  // namespace

std::span<const Command> generate_commands() { return kCommands; }

}  // namespace chronus
