// A track as /seq/status tells it, and where it plays.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/message.h"

namespace chronus::hand {

struct TrackLine {
    std::string name, module;
    std::string steps;  // one character a step; empty if it plays notes alone
    std::vector<std::string> notes;
    bool muted = false, solo = false;

    // Steps in one pass.
    std::size_t length() const { return steps.empty() ? notes.size() : steps.size(); }
};

// "bass bass X___x_.. | X_____.. notes F1 Ab1 muted"; nothing if it is no track.
std::optional<TrackLine> read_track(std::string_view text);

// All that are in the answer of /seq/status, behind its names and values.
std::vector<TrackLine> tracks_in(const std::vector<Argument>& seq_status);

// The step of a pass that is under way, `beats` after the transport's start; a beat has four. The odd step of
// each pair comes late by `swing` steps. Nothing for a track without steps.
std::optional<std::size_t> step_at(double beats, double swing, std::size_t length);

}  // namespace chronus::hand
