// What somebody changed, done to a studio that others have changed since.
#pragma once
#include <string>
#include <vector>

#include "studio/studio.h"

namespace chronus {

// What made `mine` of `base`, done to `now`: module by module, parameter by parameter, cable by cable, track by track.
// Where `now` is neither as it was in `base` nor as in `mine`, it stays, and is named in `left`. The result is whole: no
// cable and no track without its module. Births count for nothing.
Studio merge(const Studio& base, const Studio& mine, const Studio& now, std::vector<std::string>& left);

// The same instrument: all that is kept of it but how often modules were made.
bool is_same(const Studio& a, const Studio& b);

}  // namespace chronus
