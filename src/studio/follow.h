// What comes after a track has played so many passes: another pattern of its bank, silence, a scene.
#pragma once
#include <string>

#include "studio/request.h"
#include "studio/score.h"
#include "studio/studio.h"

namespace chronus {

// It says what is to come after it.
bool follows(const Track& track);
// From its turn on it is counted; whatever was counted of this track before is forgotten.
void arm_follow(Request& request, const std::string& name, const Turn& turn);
// All of them, from the transport's start.
void arm_follows(Request& request);
// A fill of it ends there.
void arm_fill_end(Request& request, const std::string& name, Beats beats);
// The transport stops: the tracks' own go on where fills were.
void end_fills(Request& request);

}  // namespace chronus
