// Commands that name patterns and sets of tracks, and play one after another.
#include <fmt/format.h>

#include <algorithm>

#include "pattern/steps.h"
#include "studio/console.h"
#include "studio/follow.h"
#include "studio/names.h"
#include "studio/request.h"
#include "studio/scenes.h"
#include "studio/track_keys.h"
#include "studio/tracks.h"
#include "text/numbers.h"

namespace chronus {
namespace {

bool is_name(const std::string& name) { return !name.empty() && name.find_first_of("* \t\"'") == std::string::npos && name != "loop"; }

// What a replay says: the beat that it came to, not "at the next bar".
void log_turn(Request& request, std::vector<Argument> arguments, const Said& said) {
    arguments.emplace_back(said.text);
    request.log_as = {{request.message.address, std::move(arguments)}};
}

// As it is kept: where it stands, and who else is heard, is the business of what plays.
Track apart(Track track) {
    track.slot = 0;
    track.solo = false;
    return track;
}

// bank k fill: keeps the track's pattern under a name.
Result<Words> keep_pattern(Request& request) {
    const auto name = find_track(request);
    if (!name) return name.refusal();
    const std::string kept = request.text(1);
    if (!is_name(kept)) return request.refuse("syntax", fmt::format("{} cannot be a name", kept));
    Scene bank;
    if (const auto old = request.studio.banks.find(*name); old != request.studio.banks.end()) bank = old->second;
    bank[kept] = apart(request.studio.tracks.at(*name));
    Words words{*name};
    for (const auto& [pattern, track] : bank) words.push_back(pattern);
    request.studio.banks.set(*name, std::move(bank));
    request.effects.noted = true;
    return words;
}

Result<Words> recall(Request& request) {
    const std::string name = request.text(0), pattern = request.text(1);
    const auto bank = request.studio.banks.find(name);
    if (bank == request.studio.banks.end()) return request.refuse("unknown", fmt::format("nothing was kept of a track {}", name));
    const auto kept = bank->second.find(pattern);
    if (kept == bank->second.end()) {
        std::vector<std::string> names;
        for (const auto& [known, track] : bank->second) names.push_back(known);
        return request.refuse("unknown", fmt::format("{} has no pattern {}; there is {}", name, pattern, fmt::join(names, ", ")));
    }
    const auto playing = request.studio.tracks.find(name);
    const auto said = settle_turn(request, request.rest(2), playing == request.studio.tracks.end() ? nullptr : &playing->second);
    if (!said) return said.refusal();
    Track track = kept->second;
    if (playing != request.studio.tracks.end()) track.solo = playing->second.solo;
    const auto words = put_track(request, name, std::move(track), {said->turn, true});
    if (words) log_turn(request, {name, pattern}, *said);
    return words;
}

Result<Words> banks(Request& request) {
    Words words;
    for (const auto& [name, bank] : request.studio.banks) {
        std::string text = name + ":";
        for (const auto& [pattern, track] : bank) text += " " + pattern;
        words.push_back(std::move(text));
    }
    if (words.empty()) words.push_back(std::string("nothing was kept; bank k a keeps the pattern of k"));
    return words;
}

Result<Words> keep_scene(Request& request) {
    const std::string name = request.text(0);
    if (!is_name(name)) return request.refuse("syntax", fmt::format("{} cannot be a name", name));
    Scene scene;
    for (const auto& [track_name, track] : request.studio.tracks) scene.emplace(track_name, apart(track));
    Words words{fmt::format("{}, bars {}", scene_text(name, scene), scene_bars(request.console, request.studio, scene))};
    request.studio.scenes.set(name, std::move(scene));
    request.effects.noted = true;
    return words;
}

Result<Words> launch(Request& request) {
    const auto said = settle_turn(request, request.rest(1));
    if (!said) return said.refusal();
    const auto launched = launch_scene(request, request.text(0), said->turn);
    if (!launched) return launched.refusal();
    log_turn(request, {request.text(0)}, *said);
    return Words{*launched + ", " + said->text};
}

Result<Words> remove_scene(Request& request) {
    if (!request.studio.scenes.contains(request.text(0))) return request.refuse("unknown", fmt::format("there is no scene {}", request.text(0)));
    request.studio.scenes.erase(request.text(0));
    request.effects.noted = true;
    return Words{request.text(0)};
}

Result<Words> list_scenes(Request& request) {
    Words words;
    for (const auto& [name, scene] : request.studio.scenes)
        words.push_back(fmt::format("{}, bars {}", scene_text(name, scene), scene_bars(request.console, request.studio, scene)));
    if (words.empty()) words.push_back(std::string("there are none; scene verse keeps the tracks as they are"));
    return words;
}

// From the next bar if the transport runs, else from its start.
Result<Words> start_song(Request& request, const std::string& when) {
    const auto said = settle_turn(request, when);
    if (!said) return said.refusal();
    const auto begun = begin_song(request, *said);
    if (!begun) return begun.refusal();
    request.log_as = {{"/song/play", {said->text}}};
    return Words{*begun};
}

Result<Words> song(Request& request) {
    const std::string text = request.rest(0);
    if (text.empty()) return Words{request.studio.song.parts.empty() ? "there is no song; song: intro*2 verse*4" : print_song(request.studio.song)};
    request.console.disarm("song");
    if (text == "off") {
        request.studio.song = {};
        request.effects.noted = true;
        return Words{std::string("no song")};
    }
    const auto read = read_song_parts(request, text);
    if (!read) return read.refusal();
    const Song before = std::exchange(request.studio.song, *read);
    request.effects.noted = true;
    if (!request.telemetry().timeline.running || request.of_patch || !request.console.brings_about()) {
        const auto places = song_places(request, 0);
        if (!places) request.studio.song = before;
        return places ? Result<Words>(Words{song_text(request.studio, *places)}) : places.refusal();
    }
    auto words = start_song(request, "bar");
    if (!words) {
        request.studio.song = before;
        return words;
    }
    request.log_as.insert(request.log_as.begin(), request.message);
    return words;
}

Result<Words> play_song(Request& request) {
    if (request.studio.song.parts.empty()) return request.refuse("unknown", "there is no song");
    if (!request.telemetry().timeline.running) return request.refuse("stopped", "the song begins when the transport plays: play");
    return start_song(request, request.rest(0));
}

constexpr const char* kFromStart = "start";

// fill k: XxXxXxXx: from the next bar, one pass of it, then the track's own again.
Result<Words> fill(Request& request) {
    const auto name = find_track(request);
    if (!name) return name.refusal();
    Track filling = request.studio.tracks.at(*name);
    filling.steps = request.text(1);
    filling.keys.erase("length");
    const std::string when = request.rest(2);
    // Whoever said it while nothing played began with the transport; a log says so, for a replay may know better by then.
    const auto said = when == kFromStart ? Result<Said>(Said{{From::now, 0}, kFromStart}) : settle_turn(request, when == "now" ? "step" : when);
    if (!said) return said.refusal();
    auto told = told_steps(request, filling);
    if (!told) return told.refusal();
    // It begins with its first step wherever it comes.
    const Beats begin = said->turn.from == From::turn ? said->turn.beats : 0;
    const Beats pass = pass_of(request.console, request.studio, filling);
    const Steps32 place = steps_at(begin % pass, pace_of(filling), request.telemetry().timeline.per_beat());
    filling.keys["offset"] = print_number(static_cast<double>(place) / static_cast<double>(kStep));
    auto score = compile_track(request.studio, request.types(), *name, filling, request.console.roster(), said->turn);
    if (!score) return score.refusal();
    arm_fill_end(request, *name, begin + pass);
    request.send({.kind = EventKind::track, .frame = request.at, .pointer = score->release()});
    log_turn(request, {*name, request.text(1)}, said->turn.from == From::now ? Said{said->turn, kFromStart} : *said);
    return Words{*name, *told, said->text};
}

Result<Words> end_fill(Request& request) {
    const auto name = find_track(request);
    if (!name) return name.refusal();
    const auto turn = read_turn(request, request.rest(1));
    if (!turn) return turn.refusal();
    auto score = compile_track(request.studio, request.types(), *name, request.studio.tracks.at(*name), request.console.roster(), *turn);
    if (!score) return score.refusal();
    request.console.disarm("fill " + *name);
    request.send({.kind = EventKind::track, .frame = request.at, .pointer = score->release()});
    return Words{*name};
}

constexpr Takes kTrack = takes::text("track"), kName = takes::text("name");
constexpr Takes kWhen = takes::many("step, beat, bar, pass, now, or a bar: bar 9");

constexpr Command kCommands[] = {
    {"/bank", {kTrack, kName}, "Keeps a track's pattern under a name, with its notes and options.", "/bank kick a", Effect::sound, keep_pattern},
    {"/banks", {}, "The patterns that are kept, by track.", "/banks", Effect::none, banks},
    {"/recall", {kTrack, kName, kWhen.or_else("bar")}, "Plays a pattern that was kept, from the next bar on.", "/recall kick a bar", Effect::sound, recall},
    {"/scene", {kName}, "Keeps all tracks as they are, to be launched together.", "/scene verse", Effect::sound, keep_scene},
    {"/scenes", {}, "The scenes, how long they are, and which tracks they play.", "/scenes", Effect::none, list_scenes},
    {"/scene/remove", {kName}, "Forgets a scene.", "/scene/remove verse", Effect::sound, remove_scene},
    {"/launch", {kName, kWhen.or_else("bar")}, "All tracks of a scene take over at the next bar; others fall silent.", "/launch verse", Effect::sound, launch},
    {"/song", {takes::many("scene*times").or_else("")},
     "Scenes one after another, each so many times as long as it is; loop at the end begins again, off ends it.", "/song verse*2 verse*4", Effect::sound, song},
    {"/song/play", {kWhen.or_else("bar")}, "The song from its first scene.", "/song/play", Effect::sound, play_song},
    {"/fill", {kTrack, takes::text("pattern"), takes::many("step, beat, bar, pass, now, start, or a bar: bar 9").or_else("bar")}, "Plays a pattern for one pass, from the next bar on; then the track's own goes on.",
     "/fill kick XxXxXxXx", Effect::sound, fill},
    {"/fill/end", {kTrack, kWhen.or_else("step")}, "Ends a fill before its time.", "/fill/end kick", Effect::sound, end_fill},
};

}  // namespace

std::span<const Command> scene_commands() { return kCommands; }

}  // namespace chronus
