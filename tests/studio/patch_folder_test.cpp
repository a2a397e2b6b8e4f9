// Files of patches: whole or not at all, and nowhere but in their folder.
#include "studio/patch_folder.h"

#include <sys/stat.h>

#include <fstream>

#include "studio/instrument.h"
#include "studio/scratch_folder.h"

using namespace chronus;
using Names = std::vector<std::string>;

TEST_CASE("what was written is read, under its name", "[patches]") {
    const ScratchFolder scratch;
    const PatchFolder folder(scratch.path / "not" / "there" / "yet");
    CHECK(folder.list().empty());
    REQUIRE(folder.write("deep groove", "tempo 126\n"));
    REQUIRE(folder.write("für Elise", "tempo 60\n"));
    CHECK(folder.list() == Names{"deep groove", "für Elise"});
    CHECK(*folder.read("deep groove") == "tempo 126\n");
    REQUIRE(folder.write("deep groove", "tempo 90\n"));
    CHECK(*folder.read("deep groove") == "tempo 90\n");
    CHECK(text_of_file((scratch.path / "not/there/yet/deep groove.chr").string()) == "tempo 90\n");
}

TEST_CASE("a name is a name and never a path", "[patches]") {
    const ScratchFolder scratch;
    const PatchFolder folder(scratch.path / "patches");
    for (const std::string& name : {std::string("../escaped"), std::string("a/b"), std::string("/etc/passwd"), std::string(".hidden"), std::string(".."),
                                    std::string(""), std::string(" x"), std::string("x "), std::string("two\nlines"), std::string("a\0b", 3),
                                    std::string(PatchFolder::kLongestName + 1, 'x')}) {
        CAPTURE(name);
        CHECK_FALSE(folder.write(name, "tempo 120\n"));
        CHECK_FALSE(folder.read(name));
        CHECK_FALSE(folder.remove(name));
    }
    CHECK(std::filesystem::is_empty(scratch.path));
    CHECK(folder.write(std::string(PatchFolder::kLongestName, 'x'), "tempo 120\n"));
}

TEST_CASE("a patch that cannot be written leaves the one before as it was, and nothing else", "[patches]") {
    const ScratchFolder scratch;
    const PatchFolder folder(scratch.path);
    REQUIRE(folder.write("x", "tempo 90\n"));
    std::filesystem::create_directory(scratch.path / "y.chr");  // no file can take its place
    const auto refused = folder.write("y", "tempo 100\n");
    REQUIRE_FALSE(refused);
    CHECK(refused.refusal().code == "file");
    CHECK(*folder.read("x") == "tempo 90\n");
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(scratch.path)) files += entry.is_regular_file();
    CHECK(files == 1);
    CHECK(folder.list() == Names{"x"});
}

TEST_CASE("others may read a patch", "[patches]") {
    const ScratchFolder scratch;
    REQUIRE(PatchFolder(scratch.path).write("x", "tempo 90\n"));
    struct stat status{};
    REQUIRE(::stat((scratch.path / "x.chr").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0644);
}

TEST_CASE("renaming takes no other patch's place", "[patches]") {
    const ScratchFolder scratch;
    const PatchFolder folder(scratch.path);
    REQUIRE(folder.write("a", "tempo 90\n"));
    REQUIRE(folder.write("b", "tempo 100\n"));
    CHECK(folder.rename("a", "b").refusal().code == "taken");
    CHECK(folder.rename("c", "d").refusal().code == "unknown");
    CHECK_FALSE(folder.rename("a", "../a"));
    REQUIRE(folder.rename("a", "c"));
    CHECK(folder.list() == Names{"b", "c"});
    REQUIRE(folder.remove("c"));
    CHECK(folder.list() == Names{"b"});
    CHECK(folder.remove("bb").refusal().reason == "there is no patch bb; did you mean b?");
}

TEST_CASE("what is far too large is no patch", "[patches]") {
    const ScratchFolder scratch;
    std::ofstream(scratch.path / "x.chr") << std::string(PatchFolder::kLargest + 1, '\n');
    CHECK(PatchFolder(scratch.path).read("x").refusal().code == "file");
}

TEST_CASE("without a folder everything is refused", "[patches]") {
    CHECK(PatchFolder().write("x", "").refusal().code == "file");
    CHECK_FALSE(PatchFolder().read("x"));
    CHECK(PatchFolder().list().empty());
}
