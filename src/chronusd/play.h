// The instrument as it is played: builds the parts in order, runs them, and takes them down in reverse.
#pragma once
#include "chronusd/options.h"
#include "refusal/refusal.h"

namespace chronus {

Result<Done> play(const Options& options);

}  // namespace chronus
