// How the daemon that runs was built, so that what is built for it fits.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "refusal/refusal.h"
#include "text/message.h"

namespace chronus {

struct Recipe {
    std::string launcher;             // ccache, or empty
    std::string compiler;
    std::vector<std::string> flags;
    std::filesystem::path include;    // of chronus/module.h
    std::filesystem::path layout;     // the script that hashes a module's state
    std::string awk;
    std::filesystem::path sources;    // of the modules that come with Chronus; may not be there
    std::filesystem::path modules;    // where these are built to; empty if they are installed
    std::filesystem::path faust;      // what makes a module of Faust's code
};

// Of what /module/recipe answers: names and values.
Result<Recipe> read_recipe(const std::vector<Argument>& words);

}  // namespace chronus
