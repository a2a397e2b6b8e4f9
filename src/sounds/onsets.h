// Where something begins in a recording: a drum, a note, a word.
#pragma once
#include <cstdint>
#include <vector>

namespace chronus {

struct Recording;

// [worker] Frames in rising order, the first always 0, at least 50 ms apart.
std::vector<std::uint32_t> find_onsets(const Recording& recording);

}  // namespace chronus
