// What commands do with tracks: put them in place, find them, and know when a change of theirs comes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "studio/request.h"
#include "studio/score.h"
#include "studio/studio.h"

namespace chronus {

std::vector<std::string> track_names(const Studio& studio);
// The one that the first argument names.
Result<std::string> find_track(const Request& request);

struct Put {
    Turn turn;
    bool restart_notes = false;
    std::optional<std::uint32_t> slot = {};  // of one that is new, if that is free
};
inline constexpr std::uint32_t kSlots = 256;  // as many as the audio thread plays

// Puts a track in place if it can be compiled; says what it will play.
Result<Words> put_track(Request& request, const std::string& name, Track track, const Put& how = {});
// Its pattern as it is read again, its notes as they sound.
Result<Words> told_track(Request& request, const std::string& name, const Track& track);
// "X...x...", "A1=55 C2=65.4", or the values of a lane: expanded.
Result<std::string> told_steps(const Request& request, const Track& track);

// "step", "beat", "bar", "pass", "now": left to the audio thread. A moment, "bar 9", is a beat.
Result<Turn> read_turn(const Request& request, const std::string& text);
// The same as a beat that is sure to come, and as text that says it once more; now, and "now", while nothing plays.
struct Said {
    Turn turn;
    std::string text;
};
Result<Said> settle_turn(const Request& request, const std::string& text, const Track* playing = nullptr);
Said said_at(const Request& request, Beats beats);

// How long one pass of it is.
Beats pass_of(Console& console, const Studio& studio, const Track& track);

// The message that makes it what it is.
Message track_message(const std::string& name, const Track& track);

}  // namespace chronus
