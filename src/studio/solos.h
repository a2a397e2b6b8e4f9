// Solo among strips: those that are on are heard, with the groups they lead to and, where a group is on, what comes into
// it. A strip is what has the parameters `solo` and `heard`.
#pragma once
#include "studio/request.h"

namespace chronus {

// After solos or cables have changed: sets `heard` of all strips as it follows.
void follow_strip_solos(Request& request);

}  // namespace chronus
