// Tries a build of a module type as the laws of the library's own do, but in a tenth of a second.
#pragma once
#include <optional>

#include "host/module_type.h"
#include "laws/tell.h"
#include "refusal/refusal.h"

namespace chronus::laws {

// What it may not do, as the first thing that it did. Tells its figures.
std::optional<Refusal> try_out(const ModuleType& type, Teller& teller);

}  // namespace chronus::laws
