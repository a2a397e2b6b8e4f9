// The notes of a track's score: in hertz, one a hit, or a melody that has its own steps.
#pragma once
#include "handoff/track_score.h"
#include "pattern/notes.h"
#include "pattern/steps.h"
#include "refusal/refusal.h"
#include "studio/resolve.h"
#include "studio/studio.h"

namespace chronus {

// The notes of a track as they are written, in its scale and tuning; transposed.
Result<pattern::Notes> read_notes(const Studio& studio, const Track& track);

// Into the score: what hits take. Refuses what the module cannot play.
Result<Done> add_notes(const Studio& studio, const Track& track, const Resolved& gate, const pattern::Notes& notes, TrackScore& score);
// A melody by itself plays one note a step; its rests and ties are steps.
pattern::Steps steps_of(const pattern::Notes& notes);

}  // namespace chronus
