// An instrument whose module path has a folder of the test's own, in which builds are exchanged.
#pragma once
#include <string>

#include "host/folders.h"
#include "studio/instrument.h"

namespace chronus {

// What the instrument stands on.
struct ShopFloor {
    explicit ShopFloor(const std::string& build) {
        put(build);
        library = Library::scan({CHRONUS_MODULE_PATH, folder.path()});
    }
    // Puts it where the type's file is. What plays goes on with its own.
    void put(const std::string& build) const {
        const std::filesystem::path from = std::filesystem::path(CHRONUS_WORKSHOP_PATH) / (build + ".so");
        std::filesystem::copy_file(from, folder.path() / from.filename(), std::filesystem::copy_options::overwrite_existing);
    }

    const TemporaryFolder folder, builds;
    Library library;
};

struct Shop : ShopFloor, Instrument {
    static constexpr int kRate = 48000;

    // With one build of the fixtures: "steady/tone".
    explicit Shop(const std::string& build) : ShopFloor(build), Instrument(library, kRate) {
        console().keep_builds_in(builds.path());
        done("limiter off");
    }

    // As the server does once it has been tried. The hash.
    std::string keep(const std::string& build) {
        put(build);
        const auto candidate = console().builds().copy(folder.path() / (std::filesystem::path(build).filename().string() + ".so"));
        REQUIRE(candidate);
        REQUIRE(console().builds().keep(*candidate));
        return candidate->hash;
    }
    std::string reload(const std::string& build) {
        const std::string hash = keep(build);
        return done("/module/reload " + std::filesystem::path(build).filename().string() + " \"" + hash + "\"");
    }
};

}  // namespace chronus
