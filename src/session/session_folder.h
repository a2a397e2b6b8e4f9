// The folder of session logs: one file a start, named by date and tempo.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "refusal/refusal.h"

namespace chronus {

class SessionFolder {
public:
    static constexpr std::size_t kLargest = 256 << 20;  // bytes that are read

    SessionFolder() = default;
    explicit SessionFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // In the order of their beginnings; none where there is no folder.
    std::vector<std::string> list() const;
    // "2026-11-21-231507-126bpm", a beginning of it that only one has, "last" or "this": the newest, and the one before it if
    // the newest is still being written.
    Result<std::filesystem::path> find(const std::string& name, const std::filesystem::path& written) const;
    // A name for one that begins now.
    std::filesystem::path name_for_now(int bpm) const;
    bool empty() const { return folder_.empty(); }

private:
    std::filesystem::path folder_;
};

// The last frame that is told in a log; -1 where none is.
std::int64_t last_frame_of(const std::filesystem::path& file);

}  // namespace chronus
