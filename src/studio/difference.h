// The messages that make one studio of another: for undo, and for whatever has to be there again exactly.
#pragma once
#include <vector>

#include "studio/studio.h"
#include "studio/type.h"
#include "text/message.h"

namespace chronus {

// Taken one after the other, by the commands' own handlers, they make of `from` what sounds as `to`: what goes goes
// first, then the transport, modules, parameters, cables, other names and tracks. A parameter that `to` leaves at its
// default is set to it. Tracks have their places.
std::vector<Message> difference(const Studio& from, const Studio& to, const Types& types);

// What parts of modules were set to that no name of the difference could tell: parameters of leaves that are another
// in `to`. To be taken after it.
std::vector<Message> difference_of_parts(const Studio& from, const Studio& to, const Types& types);

}  // namespace chronus
