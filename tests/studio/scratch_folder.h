// A folder of its own that goes with it.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <string>

namespace chronus {

struct ScratchFolder {
    ScratchFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "chronus-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    ~ScratchFolder() { std::filesystem::remove_all(path); }
    ScratchFolder(const ScratchFolder&) = delete;
    std::filesystem::path path;
};

}  // namespace chronus
