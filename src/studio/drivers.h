// What moves a parameter besides its base: ramps, tracks, notes and cables; and who set it last.
#pragma once
#include <optional>

#include "handoff/event.h"
#include "studio/request.h"
#include "studio/resolve.h"
#include "studio/touches.h"

namespace chronus {

// Whether something may write it: then only the audio thread knows how it stands.
bool may_be_driven(const Request& request, const Resolved& input);

// " by 127.0.0.1:4711 at 55040 bar 3 beat 2"; empty where nobody is known.
std::string touched_by(Console& console, const Touch* touch);

// "now 1210 Hz", "ramp to 4000 Hz, 2.4 beats to go", "track bass since …", "cable slow.out 1.5 octaves …",
// "set by 127.0.0.1:4711 at …". `reading`: how it stands, if that was asked for.
Words describe_drivers(Console& console, const Resolved& input, const std::optional<Report>& reading);

}  // namespace chronus
