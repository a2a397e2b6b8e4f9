#include "host/module_path.h"

#include "catch.h"
#include "host/folders.h"

using namespace chronus;
using Folders = std::vector<std::filesystem::path>;

TEST_CASE("a program in a build tree finds the modules that were built with it") {
    TemporaryFolder tree;
    tree.write("CMakeCache.txt", "");
    tree.write("modules/sine.so", "");
    REQUIRE(module_path({tree.path() / "src/chronusd/chronusd", "", ""}) == Folders{tree.path() / "modules"});
    REQUIRE(module_path({tree.path() / "tests/chronus-tests", "", ""}) == Folders{tree.path() / "modules"});
}

TEST_CASE("an installed program finds its install folder, then the user's own") {
    TemporaryFolder prefix, home;
    prefix.write("lib/x86_64-linux-gnu/music-chronus/modules/sine.so", "");
    const Surroundings here{prefix.path() / "bin/chronusd", "", home.path()};
    const auto installed = prefix.path() / "lib/x86_64-linux-gnu/music-chronus/modules";
    REQUIRE(module_path(here) == Folders{installed});
    REQUIRE(user_module_folder(here) == home.path() / "music-chronus/modules");

    home.write("music-chronus/modules/own.so", "");
    REQUIRE(module_path(here) == Folders{installed, home.path() / "music-chronus/modules"});
}

TEST_CASE("CHRONUS_MODULE_PATH stands in for all of it, also where a folder is missing") {
    TemporaryFolder home;
    home.write("music-chronus/modules/own.so", "");
    REQUIRE(module_path({"/usr/bin/chronusd", "/a::/b/c:", home.path()}) == Folders{"/a", "/b/c"});
}

TEST_CASE("with no home and nothing installed there is no folder") {
    REQUIRE(module_path({"/nowhere/bin/chronusd", "", ""}).empty());
    REQUIRE(user_module_folder({"/nowhere/bin/chronusd", "", ""}).empty());
}
