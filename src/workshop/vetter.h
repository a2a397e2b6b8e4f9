// Has a build tried by a program of its own, which may crash or hang in our place.
#pragma once
#include <filesystem>

#include "workshop/verdict.h"

namespace chronus {

// Beside the executable, in a build tree or installed.
std::filesystem::path vet_program();

// [worker] Waits until it is known, 5 s at most.
Verdict vet(const std::filesystem::path& program, const std::filesystem::path& file);

}  // namespace chronus
