// The processor's own clock: the cheapest way to measure on the audio thread, and no call to the system.
#pragma once
#include <cstdint>

namespace chronus {

// [any]
inline std::uint64_t cycles() noexcept { return __builtin_ia32_rdtsc(); }

}  // namespace chronus
