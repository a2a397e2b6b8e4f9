// Scenes and songs: sets of tracks that are played together, one set after another.
#pragma once
#include <functional>
#include <string>

#include "studio/request.h"
#include "studio/studio.h"
#include "studio/tracks.h"

namespace chronus {

// "verse: bass h k", those that are heard.
std::string scene_text(const std::string& name, const Scene& scene);

// The bars that a scene lasts: those of its longest track, at least one.
int scene_bars(Console& console, const Studio& studio, const Scene& scene);
// Of all its parts; 0 if there is no song, or no end to it.
int song_bars(Console& console, const Studio& studio);

// What is kept of tracks whose module is gone goes too.
void forget_tracks(Studio& studio, const std::function<bool(const std::string& module)>& gone);

// All its tracks take over at its turn, those that are not in it fall silent. Answers "verse: bass h k"; what cannot be played
// is left out, with a note.
Result<std::string> launch_scene(Request& request, const std::string& name, const Turn& turn);

// Where each scene of the song begins, bars counted from 0; the last place is its end.
struct SongPlace {
    std::string scene;
    std::int64_t bar;
};
Result<std::vector<SongPlace>> song_places(const Request& request, std::int64_t first_bar);
std::string song_text(const Studio& studio, const std::vector<SongPlace>& places);

// From a bar's line on, scene by scene; the first one is launched. Answers which scene begins at which bar.
Result<std::string> begin_song(Request& request, const Said& from);

// "intro*2 verse*4 drop*8 loop", once and forward.
Result<Song> read_song_parts(const Request& request, const std::string& text);
std::string print_song(const Song& song);

}  // namespace chronus
