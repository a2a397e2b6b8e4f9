// Another build of a module type while the rack plays.
#pragma once
#include <string>

#include "refusal/refusal.h"
#include "studio/request.h"

namespace chronus {

// [studio] Puts a build in the place of the one there is: one that is kept, by its hash, or kOriginal. What is on the rack
// goes on with it; what was set of ports that are gone is left out, with a note. The log has the hash.
Result<Words> take_build(Request& request, const std::string& name, const std::string& build);

}  // namespace chronus
