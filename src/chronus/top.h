// chronus top: how the instrument is doing, live, until q or Ctrl-C.
#pragma once
#include "chronus/daemon_link.h"

namespace chronus::hand {

// Needs a terminal at stdin and stdout; refused without one.
Result<Done> top(const Place& place);

}  // namespace chronus::hand
