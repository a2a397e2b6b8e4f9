// Commands of the sequencer: tracks, tempo, play and stop.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "pattern/notes.h"
#include "pattern/steps.h"
#include "studio/console.h"
#include "studio/names.h"
#include "studio/request.h"
#include "studio/score.h"
#include "text/message_text.h"
#include "text/numbers.h"

namespace chronus {
namespace {

constexpr std::uint32_t kSlots = 256;  // as many as the audio thread plays

std::vector<std::string> track_names(const Studio& studio) {
    std::vector<std::string> names;
    for (const auto& [name, track] : studio.tracks) names.push_back(name);
    return names;
}

Result<Track*> find_track(Request& request) {
    const std::string name = request.text(0);
    const auto track = request.studio.tracks.find(name);
    if (track != request.studio.tracks.end()) return &request.studio.tracks.edit(name);
    return request.refuse("unknown", fmt::format("there is no track {}{}", name, did_you_mean(name, track_names(request.studio))));
}

// Puts a track in place if it can be compiled; says what it will play.
Result<Words> put(Request& request, const std::string& name, Track track, bool restart_notes, const std::string& from) {
    auto& tracks = request.studio.tracks;
    if (const auto old = tracks.find(name); old != tracks.end()) {
        track.slot = old->second.slot;
    } else {
        std::set<std::uint32_t> used;
        for (const auto& [other, t] : tracks) used.insert(t.slot);
        while (used.contains(track.slot)) ++track.slot;
        if (track.slot >= kSlots) return request.refuse("range", fmt::format("there can be {} tracks", kSlots));
    }
    auto score = compile_track(request.studio, request.types(), name, track, request.console.roster(), from);
    if (!score) return score.refusal();
    Words words{name, track.module};
    if (!track.steps.empty()) words.push_back(pattern::print_steps(*pattern::parse_steps(track.steps)));
    if (!track.notes.empty()) {
        const auto notes = pattern::parse_notes(track.notes);
        words.push_back(pattern::describe_notes(*notes));
        if (!notes->warning.empty()) request.notes.push_back(notes->warning);
    }
    const std::set<std::string> heard = heard_tracks(request.studio);
    tracks.set(name, std::move(track));
    request.touch("track " + name);
    (*score)->restart_notes = restart_notes;
    request.send({.kind = EventKind::track, .frame = request.at, .pointer = score->release()});
    request.follow_solo(heard, name);
    return words;
}

Result<Words> seq_add(Request& request) {
    const std::string name = request.text(0), module = request.text(1), steps = request.text(2);
    Track track;
    track.module = module_path_of(request.studio, module);
    track.steps = steps;
    // [base_freq] [filter_freq] [notes] by place, and any key=value.
    std::size_t place = 0;
    for (std::size_t i = 3; i < request.count(); ++i) {
        const std::string text = request.text(i);
        const bool is_text = std::holds_alternative<std::string>(request.message.arguments[i]);
        const auto equals = text.find('=');
        if (is_text && equals != std::string::npos) {
            const std::string key = text.substr(0, equals), value = text.substr(equals + 1);
            if (key == "notes") { track.notes = value; continue; }
            const auto number = read_number(value);
            if (!is_track_option(key)) return request.refuse("unknown", fmt::format("a track has no option {}", key));
            if (!number || !std::isfinite(*number)) return request.refuse("type", fmt::format("{} wants a number", key));
            track.options[key] = *number;
        } else if (place == 2 || (is_text && !read_number(text))) {
            track.notes = text;
        } else {
            const char* name = place++ == 0 ? "base_freq" : "filter_freq";
            const auto number = number_of(request.message.arguments[i]);
            if (!number) return request.refuse("type", fmt::format("{} should be a number, not {}", name, text));
            track.options[name] = request.clamped(name, *number, 0, 24000);
        }
    }
    return put(request, name, std::move(track), true, "step");
}

Result<Words> update_pattern(Request& request) {
    const auto track = find_track(request);
    if (!track) return track.refusal();
    const std::string steps = request.text(1);
    Track changed = **track;
    changed.steps = steps;
    return put(request, request.text(0), std::move(changed), false, request.count() > 2 ? request.rest(2) : "step");
}

Result<Words> update_notes(Request& request) {
    const auto track = find_track(request);
    if (!track) return track.refusal();
    Track changed = **track;
    changed.notes = request.rest(1);
    return put(request, request.text(0), std::move(changed), true, "step");
}

// The track of a module's own name, as sequence and melody mean it.
Track own_track(const Request& request, const std::string& name) {
    const auto old = request.studio.tracks.find(name);
    if (old != request.studio.tracks.end()) return old->second;
    Track track;
    track.module = module_path_of(request.studio, name);
    return track;
}

// sequence k: X...x...   A track of its own module's name.
Result<Words> sequence(Request& request) {
    const std::string name = request.text(0);
    Track track = own_track(request, name);
    track.steps = request.rest(1);
    if (track.steps.empty()) return request.refuse("missing", "the pattern is empty");
    return put(request, name, std::move(track), false, "step");
}

Result<Words> melody(Request& request) {
    const std::string name = request.text(0);
    Track track = own_track(request, name);
    track.notes = request.rest(1);
    if (track.notes.empty()) return request.refuse("missing", "there are no notes");
    return put(request, name, std::move(track), true, "step");
}

Result<Words> seq_remove(Request& request) {
    const auto track = find_track(request);
    if (!track) return track.refusal();
    const std::string name = request.text(0);
    const std::set<std::string> heard = heard_tracks(request.studio);
    request.remove_track(**track);
    request.studio.tracks.erase(name);
    request.follow_solo(heard);
    return Words{name};
}

Result<Words> seq_clear(Request& request) {
    const auto count = static_cast<std::int32_t>(request.studio.tracks.size());
    for (const auto& [name, track] : request.studio.tracks) request.remove_track(track);
    request.studio.tracks = {};
    return Words{count, std::string("tracks removed")};
}

Result<Words> mute(Request& request, bool muted) {
    const auto track = find_track(request);
    if (!track) return track.refusal();
    Track changed = **track;
    changed.muted = muted;
    return put(request, request.text(0), std::move(changed), false, "now");
}
Result<Words> mute_on(Request& request) { return mute(request, true); }
Result<Words> mute_off(Request& request) { return mute(request, false); }

Result<Words> soloed(const Request& request) {
    Words words;
    for (const auto& [name, track] : request.studio.tracks)
        if (track.solo) words.push_back(name);
    if (words.empty()) words.push_back(std::string("nothing is soloed"));
    return words;
}

void set_solo(Request& request, const std::string& name, bool solo) {
    const std::set<std::string> heard = heard_tracks(request.studio);
    request.studio.tracks.edit(name).solo = solo;
    request.effects.noted = true;
    request.follow_solo(heard);
}

Result<Words> solo_on(Request& request) {
    if (request.count() == 0) return soloed(request);
    if (const auto track = find_track(request); !track) return track.refusal();
    set_solo(request, request.text(0), true);
    return soloed(request);
}

Result<Words> solo_off(Request& request) {
    if (request.count() > 0) {
        if (const auto track = find_track(request); !track) return track.refusal();
        set_solo(request, request.text(0), false);
    } else {
        for (const std::string& name : track_names(request.studio)) set_solo(request, name, false);
    }
    return soloed(request);
}

Result<Words> play(Request& request) {
    request.send({.kind = EventKind::play, .frame = request.at});
    return Words{std::string("playing")};
}

Result<Words> stop(Request& request) {
    request.send({.kind = EventKind::stop, .frame = request.at});
    return Words{std::string("stopped")};
}

Result<Words> tempo(Request& request) {
    if (request.count() == 0) return Words{request.studio.tempo / 1000.0f, std::string("bpm")};
    request.studio.tempo = static_cast<std::int32_t>(std::lround(request.number(0) * 1000));
    request.send({.kind = EventKind::tempo, .module = static_cast<std::uint32_t>(request.studio.tempo), .frame = request.at});
    return Words{request.studio.tempo / 1000.0f, std::string("bpm")};
}

Result<Words> swing(Request& request) {
    if (request.count() == 0) return Words{request.studio.swing};
    request.studio.swing = static_cast<float>(request.number(0));
    request.send({.kind = EventKind::swing, .port = 4, .value = request.studio.swing, .frame = request.at});
    return Words{request.studio.swing};
}

Result<Words> bars(Request& request) {
    request.studio.bars = static_cast<int>(request.number(0));
    request.effects.noted = true;
    return Words{static_cast<std::int32_t>(request.studio.bars)};
}

Result<Words> seq_status(Request& request) {
    const Telemetry& now = request.telemetry();
    const double beat = static_cast<double>(now.timeline.beats_at(now.frame)) / static_cast<double>(now.timeline.per_beat());
    Words words{std::string("playing"), now.timeline.running, std::string("bpm"), now.timeline.tempo / 1000.0f,
                std::string("swing"), request.studio.swing, std::string("bar"), static_cast<std::int32_t>(beat / 4) + 1,
                std::string("beat"), static_cast<float>(std::fmod(beat, 4.0)) + 1};
    for (const auto& [name, track] : request.studio.tracks)
        words.push_back(fmt::format("{} {} {}{}{}{}", name, track.module, track.steps,
                                    track.notes.empty() ? "" : " notes " + track.notes, track.muted ? " muted" : "", track.solo ? " solo" : ""));
    return words;
}

constexpr Takes kTrack = takes::text("track"), kPattern = takes::text("pattern");
constexpr Takes kSwing = takes::number("amount", 0, 0.6, "steps").or_else("");
constexpr Takes kSolo = takes::text("track").or_else("");

constexpr Command kCommands[] = {
    {"/seq/add", {kTrack, takes::text("voice"), kPattern, takes::many("base_freq, filter_freq, notes or key=value").or_else("")},
     "Adds a track, or replaces the one of that name.", "/seq/add kick voice1 X...X...X...X... 55 80", Effect::sound, seq_add},
    {"/seq/remove", {kTrack}, "Takes a track away.", "/seq/remove kick", Effect::sound, seq_remove},
    {"/seq/clear", {}, "Takes all tracks away; the transport goes on.", "/seq/clear", Effect::sound, seq_clear},
    {"/seq/start", {}, "Starts at step 0.", "/seq/start", Effect::sound, play},
    {"/seq/stop", {}, "Stops, all gates off.", "/seq/stop", Effect::sound, stop},
    {"/seq/bpm", {takes::number("bpm", 30, 300, "bpm").or_else("")}, "The tempo; a step is a sixteenth.", "/seq/bpm 128", Effect::sound, tempo},
    {"/seq/swing", {kSwing}, "How late odd steps come.", "/seq/swing 0.2", Effect::sound, swing},
    {"/seq/update/pattern", {kTrack, kPattern, takes::text("step, beat, bar, pass or now").or_else("step")},
     "Another pattern, from the next step on.", "/seq/update/pattern kick X..x..X. bar", Effect::sound, update_pattern},
    {"/seq/update/notes", {kTrack, takes::many("note").or_else("")}, "Other notes, from the first one.",
     "/seq/update/notes bass C2,Eb2,G2", Effect::sound, update_notes},
    {"/seq/status", {}, "What plays and where.", "/seq/status", Effect::none, seq_status},
    {"/sequence", {takes::text("module"), takes::many("pattern")}, "When a module plays.", "/sequence k X...x...", Effect::sound, sequence},
    {"/melody", {takes::text("module"), takes::many("note")},
     "What it plays; alone one note a step, with a sequence one a hit.", "/melody bass C2 C2 G2 Eb2", Effect::sound, melody},
    {"/mute", {kTrack}, "Silences a track.", "/mute hats", Effect::sound, mute_on},
    {"/unmute", {kTrack}, "Lets it be heard again.", "/unmute hats", Effect::sound, mute_off},
    {"/solo", {kSolo}, "Only this track is heard, and others that are soloed; without a name, answers which are.", "/solo hats",
     Effect::sound, solo_on},
    {"/unsolo", {kSolo}, "Ends a track's solo; without a name, all of them.", "/unsolo hats", Effect::sound, solo_off},
    {"/play", {takes::text("all").or_else("")}, "Starts the transport at step 0.", "/play", Effect::sound, play},
    {"/stop", {}, "Stops it, all gates off.", "/stop", Effect::sound, stop},
    {"/tempo", {takes::number("bpm", 20, 999, "bpm").or_else("")}, "The tempo; without a number, answers it.", "/tempo 174", Effect::sound, tempo},
    {"/swing", {kSwing}, "How late odd steps come; without a number, answers it.", "/swing 0.1", Effect::sound, swing},
    {"/bars", {takes::whole("count", 0, 100000)}, "The length of the song when it is rendered.", "/bars 32", Effect::sound, bars},
};

}  // namespace

std::span<const Command> track_commands() { return kCommands; }

}  // namespace chronus
