#include "chronusd/files.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <vector>

namespace chronus {

namespace fs = std::filesystem;

Result<fs::path> find_song(const std::string& name) {
    std::error_code error;
    const fs::path home = fs::read_symlink("/proc/self/exe", error).parent_path();
    std::vector<fs::path> folders{"."};
    // build/release/src/chronusd/chronusd, and bin/chronusd.
    for (const char* step : {"../../../../patterns", "../share/music-chronus/patterns"}) folders.push_back(home / step);
    for (const fs::path& folder : folders)
        for (const char* ending : {"", ".chr"})
            if (const fs::path file = folder / (name + ending); fs::is_regular_file(file, error)) return file;
    return Refusal{"file", fmt::format("there is no file {}", name), "chronusd patterns/drum-and-bass.chr"};
}

Result<std::string> read_file(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return Refusal{"file", fmt::format("cannot read {}: {}", file.string(), std::strerror(errno)), ""};
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace chronus
