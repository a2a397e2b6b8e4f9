// From a module's source to a shared object in the module path. The compiler's words are shown as it says them.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "refusal/refusal.h"
#include "workbench/recipe.h"

namespace chronus {

// Where sources are looked for: the user's own folder, then modules/ of the source tree that one stands in.
struct Shelves {
    std::filesystem::path own;
    std::filesystem::path here;  // empty: no source tree

    static Shelves around(const std::filesystem::path& folder);
    // NAME.cpp, NAME.dsp or NAME.chr.
    std::optional<std::filesystem::path> find(const std::string& name) const;
};

struct Built {
    std::filesystem::path file;  // a composite is its own
    std::string said;            // warnings
    double seconds = 0;
};

// Written beside its place and renamed. A refusal's reason is what the compiler said, with a hint where it is known
// what it means.
Result<Built> build_module(const Recipe& recipe, const std::filesystem::path& source, const std::filesystem::path& own_folder);

}  // namespace chronus
