// What chronus is at a terminal: the prompt, top and the doctor, against a daemon that runs.
#include "chronusd/terminal.h"

#include <algorithm>

#include "catch.h"
#include "chronusd/daemon.h"

using namespace chronus;

namespace {

constexpr const char* kOtherScreen = "\033[?1049h";
constexpr const char* kScreenBack = "\033[?25h\033[?1049l";

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("at the prompt Tab completes from the rack that plays, and a refusal has its caret", "[daemon]") {
    const Folder folder;
    const Daemon daemon(folder / "a.sock");
    REQUIRE(run(CHRONUS_PROGRAM, {"--port", daemon.port, "create reese bass"}).status == 0);
    Terminal prompt(CHRONUS_PROGRAM, {"--port", daemon.port}, folder / "");
    prompt.wait_for("chronus> ");
    prompt.type("get ba\t");
    prompt.wait_for("ss.");
    prompt.type("cut\t");
    prompt.wait_for("off");
    prompt.type("\r");
    prompt.wait_for("500 Hz\r\n");
    prompt.type("set bass.cutoff ");
    prompt.wait_for("50 .. 8000 Hz");  // the hint
    prompt.wait_for("now 500 Hz");
    prompt.type("loud\r");
    prompt.wait_for("\r\n" + std::string(25, ' ') + "^\r\nerror: cutoff wants a number");
    prompt.type("create kick k\r");
    prompt.wait_for("k kick at ");
    prompt.type("get k.dec\t");  // what was made a line before is known
    prompt.wait_for("ay");
    prompt.type("\x15quit\r");
    prompt.wait_for("The music goes on");
    CHECK(prompt.wait_for_end() == 1);  // one line was refused
}

TEST_CASE("without a daemon the prompt still takes lines, and says how to start one", "[daemon]") {
    const Folder folder;
    Terminal prompt(CHRONUS_PROGRAM, {"--socket", folder / "none.sock", "--timeout", "0.1"}, folder / "");
    prompt.wait_for("chronus> ");
    prompt.type("set b\t\tass 3\r");
    prompt.wait_for("error: no daemon answers at ");
    prompt.wait_for("chronus> ");
    prompt.type("\x04");
    CHECK(prompt.wait_for_end() == 1);
}

TEST_CASE("Ctrl-C begins the line anew, and a signal to end leaves the terminal as it was", "[daemon]") {
    const Folder folder;
    const Daemon daemon(folder / "a.sock");
    Terminal prompt(CHRONUS_PROGRAM, {"--port", daemon.port}, folder / "");
    prompt.wait_for("chronus> ");
    prompt.type("clear");
    prompt.wait_for("clear");
    prompt.type("\x03");
    prompt.wait_for("chronus> ");
    prompt.type("tempo 99\r");
    prompt.wait_for("99 bpm at ");
    prompt.wait_for("chronus> ");
    prompt.signal(SIGTERM);
    CHECK(prompt.wait_for_end() == 0);
}

TEST_CASE("top draws on the other screen and gives back the one that was there, however it ends",
          "[daemon]") {
    const Folder folder;
    const Daemon daemon(folder / "a.sock", {CHRONUS_SOURCE_PATH "/patterns/acid.chr"});
    for (const std::string end : {"q", "\x03", "SIGTERM"}) {
        CAPTURE(end);
        Terminal top(CHRONUS_PROGRAM, {"--port", daemon.port, "top"}, folder / "");
        top.wait_for(kOtherScreen);
        top.wait_for("136 bpm");
        top.wait_for("LUFS");
        if (end == "SIGTERM")
            top.signal(SIGTERM);
        else
            top.type(end);
        CHECK(top.wait_for_end() == 0);
        CHECK(top.text().ends_with(kScreenBack));
    }
}

TEST_CASE("top says when the daemon goes, and goes on when it is back", "[daemon]") {
    const Folder folder;
    auto daemon = std::make_unique<Daemon>(folder / "a.sock");
    Terminal top(CHRONUS_PROGRAM, {"--socket", folder / "a.sock", "top"}, folder / "");
    top.wait_for("120 bpm");
    daemon.reset();
    top.wait_for("no daemon answers at ");
    daemon = std::make_unique<Daemon>(folder / "a.sock");
    REQUIRE(run(CHRONUS_PROGRAM, {"--socket", folder / "a.sock", "tempo 99"}).status == 0);
    top.wait_for("99 bpm");
    top.type("q");
    CHECK(top.wait_for_end() == 0);
}

TEST_CASE("top without a terminal is refused with what does instead", "[daemon]") {
    const Ended said = run(CHRONUS_PROGRAM, {"top"});
    CHECK(said.status == 1);
    CHECK(has(said.err, "error: top wants a terminal"));
    CHECK(has(said.err, "try: chronus --json status"));
    CHECK(run(CHRONUS_PROGRAM, {"top", "play"}).status == 1);
    CHECK(run(CHRONUS_PROGRAM, {"tempo 120", "doctor"}).status == 1);
}

TEST_CASE("the doctor examines the daemon that runs, and without one says how to start it", "[daemon]") {
    const Folder folder;
    const Daemon daemon(folder / "a.sock");
    const Ended there = run(CHRONUS_PROGRAM, {"--port", daemon.port, "doctor"});
    CAPTURE(there.out, there.err);
    CHECK(has(there.out, "ok     daemon     process " + std::to_string(daemon.process.id()) + ", UDP port " +
                             daemon.port));
    CHECK(has(there.out, "warn   device     null at 48000 Hz"));
    CHECK(has(there.out, "ok     modules "));
    CHECK(there.status == (has(there.out, "\nwrong ") ? 1 : 0));

    const Ended none = run(CHRONUS_PROGRAM, {"--socket", folder / "none.sock", "--json", "doctor"});
    CHECK(none.status == 1);
    CHECK(has(none.out, R"({"grade":"wrong","subject":"daemon","found":"no daemon answers at )"));
    CHECK(std::count(none.out.begin(), none.out.end(), '\n') >= 4);
}

TEST_CASE("the scripts for shells ask for what may follow, and are given it", "[daemon]") {
    const Folder folder;
    const Daemon daemon(folder / "a.sock");
    REQUIRE(run(CHRONUS_PROGRAM, {"--port", daemon.port, "create kick k", "create kick l"}).status == 0);
    CHECK(run(CHRONUS_PROGRAM, {"--complete=.'remove ", "--port", daemon.port}).out ==
          "remove k\nremove l\n");
    CHECK(run(CHRONUS_PROGRAM, {"--complete=.do", "--socket", folder / "none.sock"}).out == "doctor \n");
    const std::string program = CHRONUS_PROGRAM, words = "COMP_WORDS=(" + program + " --port " + daemon.port +
                                                         " \"'remove \"); COMP_CWORD=3";
    const Ended shell =
        run("/bin/bash", {"-c", "eval \"$(" + program + " --completion bash)\"; compopt() { :; }; " + words +
                                    "; _chronus; printf '%s|' \"${COMPREPLY[@]}\""});
    CHECK(shell.out == "remove k|remove l|");
}
