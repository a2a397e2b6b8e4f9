// Which shared objects of the user's own may be loaded at the start: those that have passed the trial.
#pragma once
#include <filesystem>

#include "host/builds.h"
#include "refusal/refusal.h"

namespace chronus {

// What is not in the user's folder of modules may. Of what is there, a build that is kept has been tried; another one is
// tried now, and kept if it passes. Else it is refused as `module`.
Result<Done> admit(const std::filesystem::path& file, const Builds& builds);

}  // namespace chronus
