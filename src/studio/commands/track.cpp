// Commands of the tracks: their patterns, notes, lanes and keys.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "studio/console.h"
#include "studio/names.h"
#include "studio/request.h"
#include "studio/track_keys.h"
#include "studio/tracks.h"
#include "text/message_text.h"
#include "text/numbers.h"

namespace chronus {
namespace {

// A module, or a parameter of one: then it is a lane.
void aim(Request& request, Track& track, const std::string& text) {
    track.module = module_path_of(request.studio, text);
    if (resolve_gate(request.studio, request.types(), track.module)) return;
    const auto input = resolve_input(request.studio, request.types(), text);
    if (!input || !input->info().is_parameter()) return;
    track.module = input->module;
    track.lane = input->name;
}

// How it comes into its place, as a log says it: when=beat 33, slot=3 (if that is free: of two that write the same, the later has
// the last word), muted=on, solo=on, restart=off (of its notes). False: the word is about something else.
Result<bool> read_place(Request& request, const std::string& word, Track& track, Put& how) {
    const std::string key = word.substr(0, word.find('=')), value = word.substr(std::min(key.size() + 1, word.size()));
    if (key == "when") {
        const auto turn = read_turn(request, value);
        if (!turn) return turn.refusal();
        how.turn = *turn;
    } else if (key == "slot") {
        if (const auto slot = read_number(value)) how.slot = static_cast<std::uint32_t>(request.clamped("slot", *slot, 0, kSlots - 1));
    } else if (key == "muted") {
        track.muted = value == "on";
    } else if (key == "solo") {
        track.solo = value == "on";
    } else if (key == "restart") {
        how.restart_notes = value != "off";
    } else {
        return false;
    }
    return true;
}

// [base_freq] [filter_freq] [notes] by place, and any key=value.
Result<Words> seq_add(Request& request) {
    Track track;
    aim(request, track, request.text(1));
    track.steps = request.text(2);
    Put how{{From::step, 0}, true};
    std::size_t place = 0;
    for (std::size_t i = 3; i < request.count(); ++i) {
        const std::string text = request.text(i);
        const bool is_text = std::holds_alternative<std::string>(request.message.arguments[i]);
        if (is_text && text.starts_with("notes=")) {
            track.notes = text.substr(6);
        } else if (const auto placed = is_text ? read_place(request, text, track, how) : Result<bool>(false); !placed || *placed) {
            if (!placed) return placed.refusal();
        } else if (is_text && text.find('=') != std::string::npos) {
            if (const auto read = read_key(request, track, text); !read) return read.refusal();
        } else if (place == 2 || (is_text && !read_number(text))) {
            track.notes = text;
        } else {
            if (!number_of(request.message.arguments[i])) return request.refuse("type", fmt::format("{} is no number", text));
            const auto read = read_key(request, track, (place++ == 0 ? "base_freq=" : "filter_freq=") + text);
            if (!read) return read.refusal();
        }
    }
    // What came by place is not told again.
    constexpr const char* kByPlace[] = {"base_freq", "filter_freq", "base_amp", "reverb_send", "delay_send", "accent_boost", "gate_frac"};
    const std::string told = print_keys(track);
    const bool plain = std::all_of(track.keys.begin(), track.keys.end(), [&](const auto& key) { return std::find(std::begin(kByPlace), std::end(kByPlace), key.first) != std::end(kByPlace); });
    auto words = put_track(request, request.text(0), std::move(track), how);
    if (words && plain && !told.empty()) std::erase(*words, Argument(told));
    return words;
}

// The track as it is, changed, from its turn on.
template <class Change>
Result<Words> change(Request& request, const Put& how, Change apply) {
    const auto name = find_track(request);
    if (!name) return name.refusal();
    Track track = request.studio.tracks.at(*name);
    if (auto done = apply(track); !done) return done.refusal();
    return put_track(request, *name, std::move(track), how);
}

Result<Words> update_pattern(Request& request) {
    const auto turn = read_turn(request, request.count() > 2 ? request.rest(2) : "step");
    if (!turn) return turn.refusal();
    return change(request, {*turn, false}, [&](Track& track) {
        track.steps = request.text(1);
        return Result<Done>(Done{});
    });
}

Result<Words> update_notes(Request& request) {
    return change(request, {{From::step, 0}, true}, [&](Track& track) {
        track.notes = request.rest(1);
        return Result<Done>(Done{});
    });
}

// track bass rate=3/2 swing=0.2: what is said of it; without anything, what has been.
Result<Words> keys(Request& request) {
    const auto name = find_track(request);
    if (!name) return name.refusal();
    if (request.count() == 1) return told_track(request, *name, request.studio.tracks.at(*name));
    return change(request, {}, [&](Track& track) -> Result<Done> {
        for (std::size_t i = 1; i < request.count(); ++i)
            if (const auto read = read_key(request, track, request.text(i)); !read) return read;
        return Done{};
    });
}

// Its slot, its notes and its chances stay: it goes on as it is.
Result<Words> rename(Request& request) {
    const auto name = find_track(request);
    if (!name) return name.refusal();
    const std::string other = request.text(1);
    if (other == *name) return Words{*name};
    if (request.studio.tracks.contains(other)) return request.refuse("taken", fmt::format("there is a track {}", other));
    if (other.empty()) return request.refuse("syntax", "a track needs a name");
    Track track = request.studio.tracks.at(*name);
    track.keys.emplace("seed", *name);
    request.studio.tracks.erase(*name);
    request.studio.tracks.set(other, std::move(track));
    if (const auto bank = request.studio.banks.find(*name); bank != request.studio.banks.end()) {
        const Scene kept = bank->second;
        request.studio.banks.erase(*name);
        request.studio.banks.set(other, kept);
    }
    request.console.disarm("fill " + *name);
    if (request.console.disarm("follow " + *name)) request.notes.push_back("what was to follow is counted anew");
    auto words = put_track(request, other, request.studio.tracks.at(other));
    if (!request.log_as.empty()) request.log_as.insert(request.log_as.begin(), request.message);  // else the old name would stay
    return words;
}

Result<Words> move(Request& request) {
    return change(request, {}, [&](Track& track) {
        track.lane.clear();
        aim(request, track, request.text(1));
        return Result<Done>(Done{});
    });
}

// lane bass.cutoff: 200 400 <800 1600> .   lin or exp before the values leads from one to the next.
Result<Words> lane(Request& request) {
    const auto input = resolve_input(request.studio, request.types(), request.text(0));
    if (!input) return input.refusal();
    Track track;
    track.module = input->module;
    track.lane = input->name;
    const std::string name = track.module + "." + track.lane;
    if (const auto old = request.studio.tracks.find(name); old != request.studio.tracks.end()) track = old->second;
    track.steps = request.rest(1);
    const std::string first = track.steps.substr(0, track.steps.find_first_of(" \t"));
    if (first == "lin" || first == "exp" || first == "steps") {
        if (const auto read = read_key(request, track, "curve=" + first); !read) return read.refusal();
        track.steps.erase(0, first.size() + 1);
    }
    if (track.steps.find_first_not_of(" \t") == std::string::npos) return request.refuse("missing", "there are no values");
    return put_track(request, name, std::move(track));
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
    return put_track(request, name, std::move(track));
}

Result<Words> melody(Request& request) {
    const std::string name = request.text(0);
    Track track = own_track(request, name);
    track.notes = request.rest(1);
    if (track.notes.empty()) return request.refuse("missing", "there are no notes");
    return put_track(request, name, std::move(track), {{From::step, 0}, true});
}

Result<Words> seq_remove(Request& request) {
    const auto name = find_track(request);
    if (!name) return name.refusal();
    const std::set<std::string> heard = heard_tracks(request.studio);
    request.remove_track(request.studio.tracks.at(*name));
    request.studio.tracks.erase(*name);
    request.follow_solo(heard);
    return Words{*name};
}

Result<Words> seq_clear(Request& request) {
    const auto count = static_cast<std::int32_t>(request.studio.tracks.size());
    for (const auto& [name, track] : request.studio.tracks) request.remove_track(track);
    request.studio.tracks = {};
    return Words{count, std::string("tracks removed")};
}

Result<Words> mute(Request& request, bool muted) {
    const auto turn = read_turn(request, request.rest(1));
    if (!turn) return turn.refusal();
    return change(request, {*turn, false}, [&](Track& track) {
        track.muted = muted;
        return Result<Done>(Done{});
    });
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
    if (const auto name = find_track(request); !name) return name.refusal();
    set_solo(request, request.text(0), true);
    return soloed(request);
}

Result<Words> solo_off(Request& request) {
    if (request.count() > 0) {
        if (const auto name = find_track(request); !name) return name.refusal();
        set_solo(request, request.text(0), false);
    } else {
        for (const std::string& name : track_names(request.studio)) set_solo(request, name, false);
    }
    return soloed(request);
}

constexpr Takes kTrack = takes::text("track"), kPattern = takes::text("pattern");
constexpr Takes kWhen = takes::many("step, beat, bar, pass, now, or a bar: bar 9");
constexpr Takes kSolo = takes::text("track").or_else("");

constexpr Command kCommands[] = {
    {"/seq/add", {kTrack, takes::text("voice"), kPattern, takes::many("base_freq, filter_freq, notes or key=value").or_else("")},
     "Adds a track, or replaces the one of that name.", "/seq/add kick voice1 X...X...X...X... 55 80", Effect::sound, seq_add},
    {"/seq/remove", {kTrack}, "Takes a track away.", "/seq/remove kick", Effect::sound, seq_remove},
    {"/seq/clear", {}, "Takes all tracks away; the transport goes on.", "/seq/clear", Effect::sound, seq_clear},
    {"/seq/update/pattern", {kTrack, kPattern, kWhen.or_else("step")},
     "Another pattern, from the next step on.", "/seq/update/pattern kick X..x..X. bar", Effect::sound, update_pattern},
    {"/seq/update/notes", {kTrack, takes::many("note").or_else("")}, "Other notes, from the first one.",
     "/seq/update/notes bass C2,Eb2,G2", Effect::sound, update_notes},
    {"/sequence", {takes::text("module"), takes::many("pattern")}, "When a module plays.", "/sequence k X...x...", Effect::sound, sequence},
    {"/melody", {takes::text("module"), takes::many("note")},
     "What it plays; alone one note a step, with a sequence one a hit.", "/melody bass C2 C2 G2 Eb2", Effect::sound, melody},
    {"/track", {kTrack, takes::many("key=value").or_else("")},
     "How a track plays: rate=3/2 swing=0.2 transpose=-12, and more; key= takes one away; without any, answers them.",
     "/track bass octave=1", Effect::sound, keys},
    {"/lane", {takes::text("parameter"), takes::many("values, lin or exp before them")},
     "Leads a parameter, a value a step; . goes on with the one before.", "/lane voice2.filter/freq 400 800 <1600 3200> .", Effect::sound, lane},
    {"/seq/rename", {kTrack, takes::text("name")}, "Another name for a track; what it plays goes on.", "/seq/rename bass low", Effect::sound, rename},
    {"/seq/move", {kTrack, takes::text("module or parameter")}, "A track goes on another module, from the next step.", "/seq/move bass voice1", Effect::sound, move},
    {"/mute", {kTrack, kWhen.or_else("now")}, "Silences a track.", "/mute hats", Effect::sound, mute_on},
    {"/unmute", {kTrack, kWhen.or_else("now")}, "Lets it be heard again.", "/unmute hats", Effect::sound, mute_off},
    {"/solo", {kSolo}, "Only this track is heard, and others that are soloed; without a name, answers which are.", "/solo hats",
     Effect::sound, solo_on},
    {"/unsolo", {kSolo}, "Ends a track's solo; without a name, all of them.", "/unsolo hats", Effect::sound, solo_off},
};

}  // namespace

std::span<const Command> track_commands() { return kCommands; }

}  // namespace chronus
