// Which addresses on the rack a pattern stands for.
#pragma once
#include <string>
#include <vector>

#include "studio/studio.h"
#include "studio/type.h"

namespace chronus {

// What can stand behind /mod/ or /gate/ and is meant by "voice*/filter/freq": in the order of the modules' ids. With
// wildcards also in the rest, all exposed parameters and those of the parts are tried; without, only what resolves.
std::vector<std::string> addresses_like(const Studio& studio, const Types& types, const std::string& pattern);

}  // namespace chronus
