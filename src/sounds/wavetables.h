// Where the cycles of wavetables come from: formulas, or files of single cycles one behind the other.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "refusal/refusal.h"
#include "sounds/stored_sound.h"

namespace chronus {

// Those that are always there; the first stands at CHRONUS_BASIC_TABLE, the next behind it.
const std::vector<std::string>& factory_tables();
// [worker] Empty if there is none of that name.
std::vector<Harmonics> factory_table(std::string_view name);

// [worker] Cycles of 2048 frames if the length divides by that, else of 1024, 512 or 256, else the whole is one.
Result<std::vector<Harmonics>> cycles_of(const Recording& recording);

}  // namespace chronus
