// What the command line of chronus says.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "chronus/daemon_link.h"
#include "chronus/module_job.h"

namespace chronus::hand {

struct Options {
    std::vector<std::string> lines;
    Place place;
    bool json = false;
    double timeout_seconds = 1;
    bool top = false, doctor = false;
    ModuleJob module;
    std::string completion;               // the shell whose script is wanted
    std::optional<std::string> complete;  // the word at a shell's cursor, as it was typed
    std::vector<std::string> words;       // options and subcommands, for a shell to complete
};

// Nothing if the program is to end with `status`: help, the version or what was wrong has been said.
std::optional<Options> read_options(int count, char** words, int& status);

}  // namespace chronus::hand
