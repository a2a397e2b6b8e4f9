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

// What a track's options may be called, and which parameters of its module they write at every hit.
bool is_track_option(const std::string& name);

// Neither muted nor outdone by others' solo.
bool is_heard(const Studio& studio, const Track& track);
std::set<std::string> heard_tracks(const Studio& studio);

Result<std::unique_ptr<TrackScore>> compile_track(const Studio& studio, const Types& types, const std::string& name,
                                                  const Track& track, Roster& roster, const std::string& from = "step");

// The hits of one pass, and the length of the pass.
void add_hits(const pattern::Steps& steps, TrackScore& score);

// "step", "beat", "bar", "pass", "now".
Result<From> read_from(const std::string& text);

}  // namespace chronus
