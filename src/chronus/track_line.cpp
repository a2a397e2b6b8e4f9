#include "chronus/track_line.h"

#include <cmath>
#include <sstream>

namespace chronus::hand {
namespace {

constexpr double kStepsPerBeat = 4;

// Spaces and bar lines are for the eye.
void add_steps(std::string& steps, const std::string& word) {
    for (const char c : word)
        if (c != '|') steps += c;
}

void add_notes(std::vector<std::string>& notes, const std::string& word) {
    std::istringstream list(word);
    for (std::string note; std::getline(list, note, ',');)
        if (!note.empty() && note != "|") notes.push_back(note);
}

}  // namespace

std::optional<TrackLine> read_track(std::string_view text) {
    std::istringstream words{std::string(text)};
    TrackLine track;
    if (!(words >> track.name >> track.module)) return std::nullopt;
    bool notes = false;
    for (std::string word; words >> word;) {
        if (word == "notes")
            notes = true;
        else if (word == "muted" || word == "solo")
            (word == "muted" ? track.muted : track.solo) = true;
        else if (!notes)
            add_steps(track.steps, word);
        else
            add_notes(track.notes, word);
    }
    return track.length() > 0 ? std::optional(track) : std::nullopt;
}

std::vector<TrackLine> tracks_in(const std::vector<Argument>& values) {
    std::vector<TrackLine> tracks;
    for (const Argument& value : values) {
        const auto* text = std::get_if<std::string>(&value);
        if (!text || text->find(' ') == std::string::npos) continue;
        if (auto track = read_track(*text)) tracks.push_back(std::move(*track));
    }
    return tracks;
}

std::optional<std::size_t> step_at(double beats, double swing, std::size_t length) {
    if (length == 0 || !(beats >= 0)) return std::nullopt;
    const double steps = beats * kStepsPerBeat;
    const double pair = std::floor(steps / 2);
    const bool odd = steps - 2 * pair >= 1 + swing;
    return static_cast<std::size_t>(std::fmod(2 * pair + (odd ? 1 : 0), static_cast<double>(length)));
}

}  // namespace chronus::hand
