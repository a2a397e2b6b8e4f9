#include "studio/scenes.h"

#include <fmt/format.h>

#include <algorithm>

#include "studio/console.h"
#include "studio/names.h"
#include "text/numbers.h"
#include "text/words.h"

namespace chronus {
namespace {

constexpr int kMostTimes = 10000;
constexpr std::size_t kMostParts = 1000;

std::vector<std::string> scene_names(const Studio& studio) {
    std::vector<std::string> names;
    for (const auto& [name, scene] : studio.scenes) names.push_back(name);
    return names;
}

}  // namespace

int scene_bars(Console& console, const Studio& studio, const Scene& scene) {
    const Beats bar = studio.signature.bar(console.telemetry().timeline.per_beat());
    Beats longest = bar;
    for (const auto& [name, track] : scene)
        if (!track.muted) longest = std::max(longest, pass_of(console, studio, track));
    return static_cast<int>((longest + bar - 1) / bar);
}

int song_bars(Console& console, const Studio& studio) {
    int bars = 0;
    for (const Song::Part& part : studio.song.parts)
        if (const auto scene = studio.scenes.find(part.scene); scene != studio.scenes.end())
            bars += part.times * scene_bars(console, studio, scene->second);
    return studio.song.loop ? 0 : bars;
}

void forget_tracks(Studio& studio, const std::function<bool(const std::string& module)>& gone) {
    const auto is_gone = [&](const auto& entry) { return gone(entry.second.module); };
    for (SharedMap<Scene>* kept : {&studio.banks, &studio.scenes}) {
        std::vector<std::string> names;
        for (const auto& [name, scene] : *kept)
            if (std::any_of(scene.begin(), scene.end(), is_gone)) names.push_back(name);
        for (const std::string& name : names) {
            std::erase_if(kept->edit(name), is_gone);
            if (kept == &studio.banks && kept->at(name).empty()) kept->erase(name);
        }
    }
}

std::string scene_text(const std::string& name, const Scene& scene) {
    std::string text = name + ":";
    for (const auto& [track_name, track] : scene)
        if (!track.muted) text += " " + track_name;
    return text;
}

Result<std::string> launch_scene(Request& request, const std::string& name, const Turn& turn) {
    const auto found = request.studio.scenes.find(name);
    if (found == request.studio.scenes.end())
        return Refusal{"unknown", fmt::format("there is no scene {}{}", name, did_you_mean(name, scene_names(request.studio))), "scene verse"};
    const Scene scene = found->second;
    for (const auto& [track_name, kept] : scene) {
        Track track = kept;
        if (const auto playing = request.studio.tracks.find(track_name); playing != request.studio.tracks.end()) track.solo = playing->second.solo;
        const auto put = put_track(request, track_name, track, {turn, true});
        if (!put) request.notes.push_back(fmt::format("{} left out: {}", track_name, put.refusal().reason));
    }
    for (const std::string& other : track_names(request.studio)) {
        Track track = request.studio.tracks.at(other);
        if (scene.contains(other) || track.muted) continue;
        track.muted = true;
        if (const auto put = put_track(request, other, std::move(track), {turn}); !put) return put.refusal();
    }
    request.log_as.clear();  // what its tracks said: a launch says all of it
    return scene_text(name, scene);
}

Result<std::vector<SongPlace>> song_places(const Request& request, std::int64_t first_bar) {
    std::vector<SongPlace> places;
    std::int64_t bar = first_bar;
    for (const Song::Part& part : request.studio.song.parts) {
        const auto scene = request.studio.scenes.find(part.scene);
        if (scene == request.studio.scenes.end())
            return Refusal{"unknown", fmt::format("there is no scene {}{}", part.scene, did_you_mean(part.scene, scene_names(request.studio))), "scene verse"};
        places.push_back({part.scene, bar});
        bar += std::int64_t{part.times} * scene_bars(request.console, request.studio, scene->second);
    }
    places.push_back({"", bar});
    return places;
}

std::string song_text(const Studio& studio, const std::vector<SongPlace>& places) {
    std::string text;
    for (const SongPlace& place : places)
        text += fmt::format("{}{} bar {}", text.empty() ? "" : ", ", !place.scene.empty() ? place.scene : studio.song.loop ? "again" : "over", place.bar + 1);
    return text;
}

Result<std::string> begin_song(Request& request, const Said& from) {
    Console& console = request.console;
    const Timeline& timeline = console.telemetry().timeline;
    const bool later = from.turn.from == From::turn;  // else it begins with the transport, at its first bar
    const Beats begin = later ? from.turn.beats : 0, bar_length = request.studio.signature.bar(timeline.per_beat());
    const std::int64_t first_bar = later ? timeline.bar_at(begin).number : 0;
    const auto places = song_places(request, first_bar);
    if (!places) return places.refusal();
    console.disarm("song");
    for (const SongPlace& place : *places) {
        const Said said = said_at(request, begin + (place.bar - first_bar) * bar_length);
        if (&place == &places->front()) {
            if (const auto launched = launch_scene(request, place.scene, from.turn); !launched) return launched;
        } else if (!place.scene.empty()) {
            console.arm("song", said.turn.beats, {"/launch", {place.scene, said.text}});
        } else if (request.studio.song.loop) {
            console.arm("song", said.turn.beats, {"/song/play", {said.text}});
        }
    }
    return song_text(request.studio, *places);
}

Result<Song> read_song_parts(const Request& request, const std::string& text) {
    Song song;
    const auto words = split_words(text, {.split_arrows = false});
    if (!words) return words.refusal();
    for (const SplitWord& word : *words) {
        if (word.text == "loop" && &word == &words->back() && !song.parts.empty()) {
            song.loop = true;
            continue;
        }
        const auto star = word.text.rfind('*');
        const auto times = star == std::string::npos ? std::optional(1) : read_as<int>(word.text.substr(star + 1));
        Song::Part part{word.text.substr(0, star), times.value_or(0)};
        if (part.times < 1 || part.times > kMostTimes || song.parts.size() == kMostParts)
            return request.refuse("syntax", fmt::format("{} is no scene and how often: intro*2", word.text));
        song.parts.push_back(std::move(part));
    }
    return song;
}

std::string print_song(const Song& song) {
    std::string text;
    for (const Song::Part& part : song.parts)
        text += (text.empty() ? "" : " ") + print_word(part.scene) + (part.times == 1 ? "" : "*" + print_number(part.times));
    return text + (song.loop ? " loop" : "");
}

}  // namespace chronus
