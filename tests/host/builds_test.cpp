#include "host/builds.h"

#include "catch.h"
#include "host/folders.h"

using namespace chronus;
namespace fs = std::filesystem;

namespace {

// A build of that name whose bytes are the text; kept.
std::string keep(const Builds& builds, const TemporaryFolder& from, const std::string& text, const std::string& name = "tone.so") {
    const auto candidate = builds.copy(from.write(name, text));
    REQUIRE(candidate);
    REQUIRE(builds.keep(*candidate));
    return candidate->hash;
}

std::size_t entries(const fs::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder)) count += !entry.path().empty();
    return count;
}

}  // namespace

TEST_CASE("a build is found by its hash once it is kept, with the source beside it", "[workshop]") {
    TemporaryFolder from, store;
    const Builds builds(store.path() / "builds");
    from.write("tone.cpp", "// how it was made");
    const auto candidate = builds.copy(from.write("tone.so", "first"));
    REQUIRE(candidate);
    CHECK(candidate->name == "tone");
    CHECK(candidate->hash == hash_of("first"));
    CHECK(is_hash(candidate->hash));
    CHECK(candidate->file.filename() == "tone.so");
    CHECK_FALSE(builds.find("tone", candidate->hash));
    from.write("tone.so", "changed meanwhile");
    REQUIRE(builds.keep(*candidate));
    const auto found = builds.find("tone", candidate->hash);
    REQUIRE(found);
    CHECK(fs::file_size(*found) == 5);
    CHECK(fs::exists(found->parent_path() / "tone.cpp"));
    // What is not kept is gone.
    const auto other = builds.copy(from.write("tone.so", "second"));
    REQUIRE(other);
    builds.drop(*other);
    CHECK_FALSE(fs::exists(other->file));
    CHECK(entries(store.path() / "builds/tone") == 1);
}

TEST_CASE("of each type the last two builds stay, and those that a log names for as long as it is there", "[workshop]") {
    TemporaryFolder from, store;
    const Builds builds(store.path());
    const fs::path log = from.write("session.osc", "# a log");
    std::vector<std::string> hashes;
    for (int n = 0; n < 6; ++n) {
        hashes.push_back(keep(builds, from, std::to_string(n)));
        if (n == 1) builds.note_log("tone", hashes[1], log);
        if (n == 1) builds.note_log("tone", hashes[1], log);
        // Times of files may be coarse.
        fs::last_write_time(store.path() / "tone" / hashes.back(), fs::file_time_type::clock::now() + std::chrono::seconds(n - 100));
    }
    const auto there = [&] {
        std::string all;
        for (const std::string& hash : hashes) all += builds.find("tone", hash) ? 'x' : '.';
        return all;
    };
    CHECK(there() == ".x..xx");
    fs::remove(log);
    hashes.push_back(keep(builds, from, "6"));
    CHECK(there() == ".....xx");
    keep(builds, from, "another", "bell.chr");
    CHECK(there() == ".....xx");
}

TEST_CASE("what is no name or no hash is not found, and without a folder nothing is kept", "[workshop]") {
    TemporaryFolder from, store;
    const Builds builds(store.path());
    const std::string hash = keep(builds, from, "first");
    for (const char* name : {"", "../tone", "tone/..", "Tone", "bell"}) CHECK_FALSE(builds.find(name, hash));
    for (const char* wrong : {"", "..", "0123", "../tone/0123456789abc"}) CHECK_FALSE(builds.find("tone", wrong));
    CHECK_FALSE(Builds().copy(from.path() / "tone.so"));
    CHECK_FALSE(builds.copy(from.path() / "nothing.so"));
    for (const char* name : {"a", "growl-2", "x_y9"}) CHECK(is_module_name(name));
    for (const char* name : {"", "2a", "A", "a.b", "a/b", "-a", "a b"}) CHECK_FALSE(is_module_name(name));
}
