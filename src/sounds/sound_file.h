// Recordings from files: WAV, FLAC, AIFF, Ogg.
#pragma once
#include <filesystem>

#include "refusal/refusal.h"
#include "sounds/stored_sound.h"

namespace chronus {

inline constexpr std::size_t kMostFrames = std::size_t{1} << 26;  // 23 minutes at 48 kHz

bool is_sound_file(const std::filesystem::path& file);

// [worker] The first two channels.
Result<Recording> read_sound_file(const std::filesystem::path& file);

}  // namespace chronus
