// The folder of patches: texts with names, one .chr file each. A file is there whole or not at all.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "refusal/refusal.h"

namespace chronus {

class PatchFolder {
public:
    static constexpr std::size_t kLongestName = 100;    // bytes
    static constexpr std::size_t kLargest = 1 << 20;    // bytes of a file

    // Made when the first patch is written. Without a folder everything is refused as `file`.
    PatchFolder() = default;
    explicit PatchFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // What may be the name of a patch: text on one line without /, that does not begin with a dot or a space.
    // `what` it is to name, if no patch.
    static Result<Done> check_name(const std::string& name, const char* what = "patch");

    // In the order of their names; none where there is no folder.
    std::vector<std::string> list() const;
    bool has(const std::string& name) const;

    // [studio] They wait for the disk.
    // Refused as `unknown` where there is no such patch, with those that are near; as `file` where it cannot be read.
    Result<std::string> read(const std::string& name) const;
    // In place of the one of that name, if there is one. On the disk once this returns.
    Result<Done> write(const std::string& name, const std::string& text) const;
    // Refused as `taken` where the new name has a patch.
    Result<Done> rename(const std::string& from, const std::string& to) const;
    Result<Done> remove(const std::string& name) const;

private:
    std::filesystem::path file_of(const std::string& name) const { return folder_ / (name + ".chr"); }
    Result<Done> check(const std::string& name) const;  // that there is one
    void sync_folder() const;

    std::filesystem::path folder_;
};

}  // namespace chronus
