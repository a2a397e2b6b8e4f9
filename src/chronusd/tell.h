// What the daemon tells of itself, and of what can be done with it.
#pragma once
#include <string>
#include <vector>

#include "audio/device.h"
#include "osc/wire.h"
#include "studio/console.h"

namespace chronus {

void add_device(Words& words, const DeviceStatus& device);
// `left_out`: modules that are not there again, with the reason.
void add_process(Words& words, const Wire& wire, const std::vector<std::string>& left_out);

// Two lines to paste into another terminal: they change what is heard of the rack that plays.
void say_what_next(const Console& console, const Wire& wire);

}  // namespace chronus
