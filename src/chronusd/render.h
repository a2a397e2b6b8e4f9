// Renders a song or a session log to a file, as fast as it goes: the same engine, its hops run in place.
#pragma once
#include "chronusd/options.h"
#include "refusal/refusal.h"

namespace chronus {

Result<Done> render(const Options& options);

}  // namespace chronus
