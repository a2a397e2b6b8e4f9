#include "host/module_path.h"

#include "catch.h"
#include "host/folders.h"

using namespace chronus;
using Folders = std::vector<std::string>;

namespace {

// As strings: Catch prints a path as a range of paths, without end.
Folders found(const Surroundings& here) {
    Folders folders;
    for (const auto& folder : module_path(here)) folders.push_back(folder.string());
    return folders;
}

}  // namespace

TEST_CASE("a program in a build tree finds the modules that were built with it") {
    TemporaryFolder tree;
    tree.write("CMakeCache.txt", "");
    tree.write("modules/sine.so", "");
    REQUIRE(found({tree.path() / "src/chronusd/chronusd", "", ""}) ==
            Folders{(tree.path() / "modules").string()});
    REQUIRE(found({tree.path() / "tests/chronus-tests", "", ""}) ==
            Folders{(tree.path() / "modules").string()});
}

TEST_CASE("an installed program finds its install folder, then the user's own") {
    TemporaryFolder prefix, home;
    prefix.write("lib/x86_64-linux-gnu/music-chronus/modules/sine.so", "");
    const Surroundings here{prefix.path() / "bin/chronusd", "", home.path()};
    const std::string installed = (prefix.path() / "lib/x86_64-linux-gnu/music-chronus/modules").string();
    const std::string own = (home.path() / "music-chronus/modules").string();
    REQUIRE(found(here) == Folders{installed});
    REQUIRE(user_module_folder(here).string() == own);

    home.write("music-chronus/modules/own.so", "");
    REQUIRE(found(here) == Folders{installed, own});
}

TEST_CASE("CHRONUS_MODULE_PATH stands in for all of it, also where a folder is missing") {
    TemporaryFolder home;
    home.write("music-chronus/modules/own.so", "");
    REQUIRE(found({"/usr/bin/chronusd", "/a::/b/c:", home.path()}) == Folders{"/a", "/b/c"});
}

TEST_CASE("with no home and nothing installed there is no folder") {
    REQUIRE(found({"/nowhere/bin/chronusd", "", ""}).empty());
    REQUIRE(user_module_folder({"/nowhere/bin/chronusd", "", ""}).empty());
}
