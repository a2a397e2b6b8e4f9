// Commands that say what is kept of tracks, and nothing of what plays: for whatever has to be there again exactly.
#include "studio/console.h"
#include "studio/request.h"
#include "studio/scenes.h"
#include "studio/track_keys.h"
#include "studio/tracks.h"

namespace chronus {
namespace {

// voice pattern key=value… notes=… muted, as track_message says it.
Result<Track> read_track(Request& request, std::size_t first) {
    Track track;
    const std::string path = request.text(first);
    track.module = path;
    if (!resolve_gate(request.studio, request.types(), path))
        if (const auto input = resolve_input(request.studio, request.types(), path); input && input->info().is_parameter()) {
            track.module = input->module;
            track.lane = input->name;
        }
    track.steps = request.text(first + 1);
    for (std::size_t i = first + 2; i < request.count(); ++i) {
        const std::string word = request.text(i);
        if (word == "muted") track.muted = true;
        else if (word.starts_with("notes=")) track.notes = word.substr(6);
        else if (const auto read = read_key(request, track, word); !read) return read.refusal();
    }
    return track;
}

// One track of it, or none: an empty scene.
Result<Words> put_in_scene(Request& request) {
    const std::string name = request.text(0);
    Scene scene;
    if (const auto old = request.studio.scenes.find(name); old != request.studio.scenes.end() && request.count() > 1) scene = old->second;
    if (request.count() > 1) {
        if (request.count() < 4) return request.refuse("missing", "a track is its name, its voice and its pattern");
        auto track = read_track(request, 2);
        if (!track) return track.refusal();
        scene[request.text(1)] = std::move(*track);
    }
    request.studio.scenes.set(name, std::move(scene));
    request.effects.noted = true;
    return Words{name};
}

Result<Words> put_in_bank(Request& request) {
    const std::string name = request.text(0), kept = request.text(1);
    auto track = read_track(request, 2);
    if (!track) return track.refusal();
    Scene bank;
    if (const auto old = request.studio.banks.find(name); old != request.studio.banks.end()) bank = old->second;
    bank[kept] = std::move(*track);
    request.studio.banks.set(name, std::move(bank));
    request.effects.noted = true;
    return Words{name, kept};
}

Result<Words> remove_bank(Request& request) {
    if (!request.studio.banks.contains(request.text(0))) return request.refuse("unknown", fmt::format("nothing was kept of a track {}", request.text(0)));
    request.studio.banks.erase(request.text(0));
    request.effects.noted = true;
    return Words{request.text(0)};
}

Result<Words> put_song(Request& request) {
    const std::string text = request.rest(0);
    request.console.disarm("song");
    Song song;
    if (!text.empty()) {
        const auto read = read_song_parts(request, text);
        if (!read) return read.refusal();
        song = *read;
    }
    request.studio.song = std::move(song);
    request.effects.noted = true;
    return Words{text.empty() ? std::string("no song") : text};
}

constexpr Takes kTrack = takes::text("track");

constexpr Command kCommands[] = {
    {"/scene/put", {takes::text("scene"), takes::many("track, voice, pattern, key=value, muted").or_else("")},
     "Keeps a track in a scene without playing it; without one, an empty scene.", "/scene/put verse kick voice1 X...", Effect::sound, put_in_scene},
    {"/bank/put", {kTrack, takes::text("name"), takes::text("voice"), takes::text("pattern"), takes::many("key=value, muted").or_else("")},
     "Keeps a pattern of a track under a name without playing it.", "/bank/put kick b voice1 X.X.", Effect::sound, put_in_bank},
    {"/bank/remove", {kTrack}, "Forgets the patterns that were kept of a track.", "/bank/remove kick", Effect::sound, remove_bank},
    {"/song/put", {takes::many("scene*times").or_else("")}, "The song, without beginning it; without any, none.", "/song/put verse*2", Effect::sound, put_song},
};

}  // namespace

std::span<const Command> kept_commands() { return kCommands; }

}  // namespace chronus
