// From what a daemon left behind to an instrument that goes on.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "session/write_ahead.h"
#include "studio/console.h"

namespace chronus {

// Within a batch, at the beginning: the studio, what was held, and the transport where it was. Modules of these types are
// left out, for the reason that stands there: what was is returned. What could not be done is told on stderr.
std::vector<std::string> take_up(Console& console, const LeftBehind& left, const std::map<std::string, std::string>& without);

// Where its clock stands now that this process begins: none if the machine was started anew, or it ended by itself.
std::optional<ClockLine> clock_of(const LeftBehind& left);

}  // namespace chronus
