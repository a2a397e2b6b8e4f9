// A part of the rack as the text of a composite.
#pragma once
#include <string>

#include "refusal/refusal.h"
#include "studio/studio.h"
#include "studio/type.h"

namespace chronus {

// A module with what belongs to it alone: what its sound goes on through, as long as no other's does, and what moves or
// feeds only these. Its gate, inputs and parameters are the type's, as they are set now.
Result<std::string> extract_composite(const Studio& studio, const Types& types, const std::string& id);

}  // namespace chronus
