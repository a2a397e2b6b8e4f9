#include "chronus/shell.h"

#include <algorithm>

#include "chronus/known.h"

using namespace chronus;
using namespace chronus::hand;

namespace {

using Texts = std::vector<std::string>;

Texts offered(const std::string& typed) {
    const LineHelp help{[](const std::string& line) { return complete(line, line.size(), known()); },
                        [](const std::string& line) { return hint_for(line, line.size(), known()); }};
    return shell_candidates(typed, {"--json", "--port", "top"}, known(), help);
}
bool has(const Texts& all, const std::string& text) {
    return std::find(all.begin(), all.end(), text) != all.end();
}

}  // namespace

TEST_CASE("outside of quotes a shell is offered options, subcommands and commands", "[chronus]") {
    CHECK(offered("--j") == Texts{"--json "});
    CHECK(has(offered(""), "top "));
    CHECK(has(offered("st"), "status "));
    CHECK_FALSE(has(offered(""), "--json "));
}

TEST_CASE("a command that takes more words begins a quote", "[chronus]") {
    CHECK(has(offered("se"), "'set "));
    CHECK(has(offered("pl"), "play "));
}

TEST_CASE("within a quote the line is completed, and never by one candidate alone", "[chronus]") {
    CHECK(offered("'mute k")[0].starts_with("mute k "));
    CHECK(has(offered("'set k."), "set k.freq"));
    CHECK(has(offered("\"set k."), "set k.freq"));
    CHECK(offered("'set bass.cut") == Texts{"set bass.cutoff ", "set bass.cutoff <50 .. 8000 Hz>"});
    CHECK(has(offered("'set b"), "set bass.cutoff"));
    for (const char* typed : {"'set b", "'tem", "'mute ", "'create kick fr", "'pan"})
        CHECK(offered(typed).size() != 1);
    CHECK(offered("'nosuchword ").empty());
}
