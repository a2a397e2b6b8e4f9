#pragma once
#include "figures/canvas.h"
#include "figures/kind.h"

namespace chronus::figures {

// What suits its kind.
Canvas picture_of(const Subject& subject);

}  // namespace chronus::figures
