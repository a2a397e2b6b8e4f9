#include "host/module_type.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "catch.h"
#include "host/folders.h"

using namespace chronus;
namespace fs = std::filesystem;

namespace {

const fs::path kFixtures = CHRONUS_FIXTURE_PATH;

std::shared_ptr<const ModuleType> load(const fs::path& file) {
    auto type = ModuleType::load(file);
    INFO((type ? "" : type.refusal().reason));
    REQUIRE(type);
    return *type;
}

Refusal refusal(const fs::path& file) {
    const auto type = ModuleType::load(file);
    REQUIRE_FALSE(type);
    INFO(type.refusal().reason);
    CHECK(type.refusal().reason.find(file.string()) == 0);
    return type.refusal();
}

bool says(const Refusal& refusal, const char* what) {
    return refusal.reason.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("a module type tells its ports by name and by alias") {
    const auto probe = load(kFixtures / "first/probe.so");
    CHECK(probe->name() == "probe");
    CHECK(probe->find_input("in") == 0u);
    CHECK(probe->find_input("cutoff") == 1u);
    CHECK(probe->find_input("lowpass") == 1u);
    CHECK(probe->find_input("out") == std::nullopt);
    CHECK(probe->find_input("") == std::nullopt);
    CHECK(probe->find_output("filter/out") == 1u);
    CHECK(is_parameter(probe->descriptor().inputs[1]));
    CHECK_FALSE(is_parameter(probe->descriptor().inputs[0]));
}

TEST_CASE("the layout changes with the members of the state, and with nothing else") {
    const auto first = load(kFixtures / "first/probe.so"), retuned = load(kFixtures / "retuned/probe.so"),
               grown = load(kFixtures / "grown/probe.so");
    CHECK(first->descriptor().layout == retuned->descriptor().layout);
    CHECK(first->descriptor().layout != grown->descriptor().layout);
    CHECK(first->descriptor().layout !=
          first->descriptor().state_size);  // what stands in when there is no hash
}

TEST_CASE("a file that was replaced is loaded anew while the old type plays on") {
    TemporaryFolder folder;
    const auto old = load(folder.copy("first/probe.so"));
    const auto renewed = load(folder.copy("grown/probe.so"));
    CHECK(old->descriptor().state_size == 4);
    CHECK(renewed->descriptor().state_size == 8);
    CHECK(old->descriptor().process != renewed->descriptor().process);
}

TEST_CASE("loading leaves no file behind") {
    TemporaryFolder folder;
    const char* before = std::getenv("TMPDIR");
    const std::string kept = before ? before : "";
    setenv("TMPDIR", folder.path().c_str(), 1);
    const auto type = load(kFixtures / "first/probe.so");
    before ? setenv("TMPDIR", kept.c_str(), 1) : unsetenv("TMPDIR");
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("what cannot be loaded is refused by its own name") {
    TemporaryFolder folder;
    CHECK(refusal(folder.path() / "absent.so").code == "file");
    CHECK(says(refusal(folder.write("text.so", "this is a text")), "is not a shared object"));
    CHECK(says(refusal(folder.write("empty.so", "")), "is not a shared object"));
    fs::create_directory(folder.path() / "folder.so");
    CHECK(says(refusal(folder.path() / "folder.so"), "is not a regular file"));

    std::ifstream whole(kFixtures / "first/probe.so", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(whole), {}};
    CHECK(says(refusal(folder.write("probe.so", bytes.substr(0, bytes.size() / 2))), "is cut short"));
    CHECK(says(refusal(folder.write("probe.so", bytes.substr(0, 100))), "is cut short"));
}

TEST_CASE("a type that breaks the interface is refused with the reason") {
    const Refusal version = refusal(kFixtures / "faulty/version.so");
    CHECK(version.code == "version");
    CHECK(says(version, "was built for version 2 of the module interface, this is version 1"));
    CHECK(says(refusal(kFixtures / "faulty/entry.so"), "has no function chronus_module"));
    CHECK(says(refusal(kFixtures / "faulty/twice.so"),
               "parameter 1 cutoff is called 'cutoff', and so is another"));
    CHECK(says(refusal(kFixtures / "faulty/outside.so"),
               "parameter 1 res has the default 2, which is not in its range 0..1"));
    CHECK(says(refusal(kFixtures / "faulty/misnamed.so"), "calls itself 'somebody'"));
}
