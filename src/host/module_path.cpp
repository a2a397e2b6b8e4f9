#include "host/module_path.h"

#include <algorithm>
#include <cstdlib>

namespace chronus {
namespace fs = std::filesystem;

namespace {

const fs::path kOurs = fs::path("music-chronus") / "modules";

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

bool is_folder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

std::vector<fs::path> split(const std::string& text) {
    std::vector<fs::path> folders;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(':', at), text.size());
        if (end > at) folders.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return folders;
}

// A build tree is known by CMake's cache in its root.
std::vector<fs::path> build_tree(const fs::path& executable) {
    for (fs::path folder = executable.parent_path(); folder.has_relative_path();
         folder = folder.parent_path())
        if (fs::path modules = folder / "modules";
            fs::exists(folder / "CMakeCache.txt") && is_folder(modules))
            return {modules};
    return {};
}

// lib, lib64, and the folders that Debian has in lib for each architecture.
std::vector<fs::path> install_folder(const fs::path& executable) {
    std::vector<fs::path> folders;
    const fs::path prefix = executable.parent_path().parent_path();
    for (const char* lib : {"lib", "lib64"}) {
        if (is_folder(prefix / lib / kOurs)) folders.push_back(prefix / lib / kOurs);
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(prefix / lib, ignored))
            if (entry.path().filename().string().find("-linux-") != std::string::npos &&
                is_folder(entry.path() / kOurs))
                folders.push_back(entry.path() / kOurs);
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

}  // namespace

Surroundings Surroundings::of_this_process() {
    std::error_code ignored;
    Surroundings here;
    here.executable = fs::read_symlink("/proc/self/exe", ignored);
    here.module_path = environment("CHRONUS_MODULE_PATH");
    here.sound_path = environment("CHRONUS_SOUND_PATH");
    here.data_home = environment("XDG_DATA_HOME");
    here.state_home = environment("XDG_STATE_HOME");
    // The base directory specification has relative paths ignored.
    const std::string home = environment("HOME");
    if (!here.data_home.is_absolute()) here.data_home = home.empty() ? fs::path() : fs::path(home) / ".local" / "share";
    if (!here.state_home.is_absolute()) here.state_home = home.empty() ? fs::path() : fs::path(home) / ".local" / "state";
    return here;
}

fs::path user_state_folder(const Surroundings& here) {
    return here.state_home.empty() ? fs::path() : here.state_home / "music-chronus";
}

fs::path user_recording_folder(const Surroundings& here) {
    return here.data_home.empty() ? fs::path() : here.data_home / "music-chronus" / "recordings";
}

fs::path user_module_folder(const Surroundings& here) {
    return here.data_home.empty() ? fs::path() : here.data_home / kOurs;
}

fs::path build_folder(const Surroundings& here) {
    return here.state_home.empty() ? fs::path() : here.state_home / "music-chronus" / "builds";
}

fs::path user_patch_folder(const Surroundings& here) {
    return here.data_home.empty() ? fs::path() : here.data_home / "music-chronus" / "patches";
}

fs::path user_preset_folder(const Surroundings& here) {
    return here.data_home.empty() ? fs::path() : here.data_home / kOurs / "presets";
}

std::vector<fs::path> module_path(const Surroundings& here) {
    if (!here.module_path.empty()) return split(here.module_path);
    std::vector<fs::path> folders = build_tree(here.executable);
    for (fs::path& folder : install_folder(here.executable)) folders.push_back(std::move(folder));
    if (const fs::path own = user_module_folder(here); !own.empty() && is_folder(own)) folders.push_back(own);
    return folders;
}

std::vector<fs::path> sound_path(const Surroundings& here) {
    if (!here.sound_path.empty()) return split(here.sound_path);
    std::vector<fs::path> folders;
    for (const fs::path& modules : module_path(here)) folders.push_back(modules.parent_path() / "sounds");
    // Also where no module of the user's own is.
    if (const fs::path own = here.data_home / "music-chronus" / "sounds";
        !here.data_home.empty() && std::find(folders.begin(), folders.end(), own) == folders.end())
        folders.push_back(own);
    return folders;
}

}  // namespace chronus
