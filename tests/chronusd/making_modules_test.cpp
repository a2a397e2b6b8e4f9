// The steps of docs/making-modules.md, taken as a reader takes them: in a shell, beside a daemon that plays.
#include <algorithm>
#include <fstream>
#include <sstream>

#include "catch.h"
#include "chronusd/daemon.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

// What a page has between ``` and ```, with the kind that it is.
struct Block {
    std::string kind, text;
};
std::vector<Block> blocks_of(const std::string& page) {
    std::vector<Block> all;
    std::istringstream lines(page);
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("```")) {
            inside = !inside;
            if (inside) all.push_back({line.substr(3), ""});
        } else if (inside) {
            all.back().text += line + "\n";
        }
    }
    return all;
}

}  // namespace

TEST_CASE("the steps of docs/making-modules.md do what it says", "[daemon][workshop]") {
    const Folder folder;
    const std::string data = folder / "data", state = folder / "state", runtime = folder / "run";
    for (const std::string& made : {data, state, runtime}) std::filesystem::create_directories(made);
    const std::string own = data + "/music-chronus/modules";
    const auto beside = [](const char* program) { return std::filesystem::path(program).parent_path().string(); };
    const std::vector<std::string> settings{"XDG_DATA_HOME=" + data, "XDG_STATE_HOME=" + state, "XDG_RUNTIME_DIR=" + runtime,
                                            "CHRONUS_MODULE_PATH=" CHRONUS_MODULE_PATH ":" + own,
                                            "PATH=" + beside(CHRONUS_PROGRAM) + ":" + std::getenv("PATH")};
    std::filesystem::create_directories(own);
    Daemon daemon(runtime + "/music-chronus.sock", {CHRONUS_SOURCE_PATH "/patterns/drum-and-bass.chr"}, settings);
    std::size_t steps = 0;
    for (const Block& block : blocks_of(text_of_file(CHRONUS_SOURCE_PATH "/docs/making-modules.md"))) {
        if (block.kind == "cpp") std::ofstream(own + "/crumble.cpp") << block.text;
        if (block.kind != "sh") continue;
        const Ended ended = run("/bin/sh", {"-e", "-c", "cd " + runtime + "\n" + block.text}, "", settings);
        INFO(block.text << ended.out << ended.err);
        CHECK(ended.status == 0);
        ++steps;
    }
    CHECK(steps == 4);
    const Ended said = run(CHRONUS_PROGRAM, {"list", "/module/info crumble", "status"}, "", settings);
    INFO(said.out);
    CHECK(said.out.find("crumble crumble") != std::string::npos);
    CHECK(said.out.find("former") != std::string::npos);
    CHECK(said.out.find("faults 0") != std::string::npos);
}
