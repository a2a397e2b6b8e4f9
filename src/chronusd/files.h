// Finds and reads the files that the daemon starts from.
#pragma once
#include <filesystem>
#include <string>

#include "refusal/refusal.h"

namespace chronus {

// As it is named; else in the patterns of the source tree or of the installation, with or without .chr.
Result<std::filesystem::path> find_song(const std::string& name);
Result<std::string> read_file(const std::filesystem::path& file);

}  // namespace chronus
