// What may be said of a track besides its pattern: key=value.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "handoff/groove.h"
#include "refusal/refusal.h"
#include "studio/request.h"
#include "studio/studio.h"

namespace chronus {

struct TrackKey {
    enum class Kind { number, whole, on_off, ratio, note_value, grid, scale, curve, word };
    std::string_view name;
    Kind kind;
    double low = 0, high = 0;    // outside it is clamped
    std::string_view help;
};
std::span<const TrackKey> track_keys();

// A word "key=value" put into a track, in its canonical form; "key=" takes it away. Numbers are clamped, with a note.
Result<Done> read_key(Request& request, Track& track, const std::string& word);
// "rate=3/2 swing=0.2", as they are read again.
std::string print_keys(const Track& track);

// What they mean.
double number_key(const Track& track, std::string_view key, double otherwise);
bool is_on(const Track& track, std::string_view key);
std::string word_key(const Track& track, std::string_view key);
Pace pace_of(const Track& track);
// 16 for 1/16; 0 for what is none.
int grid_of(std::string_view note_value);

}  // namespace chronus
