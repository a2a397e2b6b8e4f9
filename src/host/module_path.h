// The folders in which module types are looked for, in the order in which they are searched:
// what is found in a later one replaces what an earlier one has by the same name.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace chronus {

struct Surroundings {
    std::filesystem::path executable;
    std::string module_path;          // $CHRONUS_MODULE_PATH: if it is not empty, its folders and no others
    std::filesystem::path data_home;  // $XDG_DATA_HOME, or what stands in for it
    std::string sound_path = {};      // $CHRONUS_SOUND_PATH: likewise
    std::filesystem::path state_home = {};  // $XDG_STATE_HOME, or what stands in for it

    static Surroundings of_this_process();
};

// The folders that exist: the build tree of the executable, its install folder, the user's own.
// Those that $CHRONUS_MODULE_PATH names are given as they are, so that one that is missing can be told.
std::vector<std::filesystem::path> module_path(const Surroundings& = Surroundings::of_this_process());

// The folders in which recordings and wavetables are looked for: beside those of modules, then the user's own, or those
// that $CHRONUS_SOUND_PATH names.
std::vector<std::filesystem::path> sound_path(const Surroundings& = Surroundings::of_this_process());

// Where patches are kept. It need not exist yet; empty where there is no home.
std::filesystem::path user_patch_folder(const Surroundings& = Surroundings::of_this_process());

// Where the user's own presets are kept. It need not exist yet; empty where there is no home.
std::filesystem::path user_preset_folder(const Surroundings& = Surroundings::of_this_process());

// Where builds of modules are kept by their hash, for sessions that name them. It need not exist yet; empty where there
// is no home.
std::filesystem::path build_folder(const Surroundings& = Surroundings::of_this_process());
// Where session logs, and what is needed to resume, are kept. It need not exist yet; empty where there is no home.
std::filesystem::path user_state_folder(const Surroundings& = Surroundings::of_this_process());

// Where recordings go. It need not exist yet; empty where there is no home.
std::filesystem::path user_recording_folder(const Surroundings& = Surroundings::of_this_process());

// Where the modules go that are made in a session. It need not exist yet.
std::filesystem::path user_module_folder(const Surroundings& = Surroundings::of_this_process());

}  // namespace chronus
