#include "host/library.h"

#include "catch.h"
#include "host/folders.h"

using namespace chronus;
using Names = std::vector<std::string>;

TEST_CASE("broken files are reported by name and the rest loads") {
    TemporaryFolder folder;
    folder.copy("first/probe.so");
    folder.copy("faulty/version.so");
    folder.copy("faulty/twice.so");
    folder.write("broken.so", "#!/bin/sh");
    folder.write(".hidden.so", "left by an editor");
    folder.write("notes.txt", "no module");
    folder.write("voice.chr", "# a voice\n");

    const Library library = Library::scan({folder.path()});
    CHECK(library.names() == Names{"probe"});
    CHECK(library.composite_names() == Names{"voice"});
    REQUIRE(library.problems().size() == 3);
    for (const char* name : {"broken.so", "twice.so", "version.so"}) {
        bool told = false;
        for (const Refusal& problem : library.problems())
            told |= problem.reason.find(name) != std::string::npos;
        INFO(name);
        CHECK(told);
    }
}

TEST_CASE("types are found by name, by alias, and with what people append") {
    TemporaryFolder folder;
    folder.copy("first/probe.so");
    const Library library = Library::scan({folder.path()});
    for (const char* name : {"probe", "prober", "tb303", "probe_module", "probe-module", "tb303_module",
                             "probe2", "probe_module12"}) {
        INFO(name);
        CHECK(library.find(name) != nullptr);
    }
    for (const char* name : {"", "prob", "_module", "303", "Probe", "probe x"}) {
        INFO(name);
        CHECK(library.find(name) == nullptr);
    }
}

TEST_CASE("what a later folder has replaces what an earlier one has by the same name") {
    TemporaryFolder shipped, own;
    shipped.copy("first/probe.so");
    shipped.write("voice.chr", "shipped");
    own.copy("grown/probe.so");
    own.write("voice.chr", "own");

    const Library library = Library::scan({shipped.path(), own.path()});
    CHECK(library.problems().empty());
    CHECK(library.find("probe")->descriptor().state_size == 8);
    CHECK(library.composite_text("voice") == "own");
    CHECK(library.composite_file("voice")->string() == (own.path() / "voice.chr").string());
    CHECK(library.composite_text("kit") == std::nullopt);
}

TEST_CASE("presets are found below each folder, in the order of the folders") {
    TemporaryFolder shipped, own;
    shipped.write("presets/kick.chr", "preset a\n");
    shipped.write("presets/.kick.chr", "left by an editor");
    shipped.write("presets/notes.txt", "no presets");
    own.write("presets/kick.chr", "preset b\n");
    own.write("presets/hat.chr", "preset c\n");
    const Library library = Library::scan({shipped.path(), own.path()});
    CHECK(library.problems().empty());
    CHECK(library.composite_names().empty());
    REQUIRE(library.presets().size() == 3);
    CHECK(library.presets()[0].text == "preset a\n");
    CHECK(library.presets()[1].type == "hat");
    CHECK(library.presets()[2].type == "kick");
    CHECK(library.presets()[2].text == "preset b\n");
    CHECK(library.presets()[2].file == own.path() / "presets/kick.chr");
}

TEST_CASE("a composite and a shared object may replace each other") {
    TemporaryFolder object, composite;
    object.copy("first/probe.so");
    composite.write("probe.chr", "parts");

    const Library first = Library::scan({object.path(), composite.path()});
    CHECK(first.find("probe") == nullptr);
    CHECK(first.composite_text("probe") == "parts");

    const Library second = Library::scan({composite.path(), object.path()});
    CHECK(second.find("probe") != nullptr);
    CHECK(second.composite_text("probe") == std::nullopt);

    // In one folder only one of them can be meant.
    object.write("probe.chr", "parts");
    const Library both = Library::scan({object.path()});
    CHECK(both.find("probe") != nullptr);
    CHECK(both.composite_names().empty());
    CHECK(both.problems().size() == 1);
}

TEST_CASE("a folder that is missing is a problem, not an end") {
    TemporaryFolder folder;
    folder.copy("first/probe.so");
    const Library library = Library::scan({folder.path() / "absent", folder.path()});
    CHECK(library.names() == Names{"probe"});
    REQUIRE(library.problems().size() == 1);
    CHECK(library.problems()[0].reason.find("absent") != std::string::npos);
}

TEST_CASE("a type outlives the library it was found by") {
    std::shared_ptr<const ModuleType> probe;
    {
        TemporaryFolder folder;
        folder.copy("first/probe.so");
        probe = Library::scan({folder.path()}).find("probe");
    }
    CHECK(probe->name() == "probe");
}
