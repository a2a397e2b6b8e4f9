// From a track as it was written to what the audio thread plays.
#pragma once
#include <memory>
#include <set>
#include <string>

#include "handoff/track_score.h"
#include "pattern/steps.h"
#include "refusal/refusal.h"
#include "studio/roster.h"
#include "studio/studio.h"
#include "studio/type.h"

namespace chronus {

// When a score takes over: at the next step or so, or at a beat.
struct Turn {
    From from = From::step;
    Beats beats = 0;
};

// Neither muted nor outdone by others' solo.
bool is_heard(const Studio& studio, const Track& track);
std::set<std::string> heard_tracks(const Studio& studio);

Result<std::unique_ptr<TrackScore>> compile_track(const Studio& studio, const Types& types, const std::string& name,
                                                  const Track& track, Roster& roster, const Turn& turn = {});

// The hits of one pass, and the length of the pass, as the track's keys will have it.
void add_hits(const pattern::Steps& steps, const Track& track, TrackScore& score);

// The values of a lane for a parameter, in its own unit or by its names.
Result<pattern::Steps> read_lane(const PublicPort& port, const std::string& text, Shelf& sounds);

}  // namespace chronus
