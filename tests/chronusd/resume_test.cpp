// Whatever ends the daemon: the next one goes on where it was, in phase, with all that was answered.
#include <algorithm>
#include <cmath>
#include <fstream>

#include "chronusd/daemon.h"
#include "host/builds.h"
#include "laws/dice.h"
#include "session/write_ahead.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

LeftBehind left_in(const std::string& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder + "/music-chronus"))
        if (entry.path().filename().string().starts_with("resume-") && entry.path().extension() == ".osc") {
            const auto left = read_left_behind(text_of_file(entry.path().string()));
            if (!left) FAIL(left.refusal().reason);
            return *left;
        }
    FAIL("nothing was left behind");
    return {};
}

struct Caller {
    explicit Caller(std::string port) : port(std::move(port)) {}
    std::string say(const std::string& line) const {
        const Ended ended = run(CHRONUS_PROGRAM, {"--port", port, line});
        INFO(line << ": " << ended.err);
        CHECK(ended.status == 0);
        return ended.out;
    }
    // Until somebody is there again who plays.
    std::string wait_for_answer() const {
        for (int i = 0; i < 2000; ++i) {
            const Ended ended = run(CHRONUS_PROGRAM, {"--port", port, "sync"});
            if (ended.status == 0 && ended.out.find("queued") == std::string::npos) return say("list");
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        FAIL("nobody answers");
        return "";
    }
    const std::string port;
};

// The child of a process, which it keeps alive.
pid_t child_of(pid_t parent) {
    std::ifstream children("/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) + "/children");
    pid_t child = 0;
    children >> child;
    return child;
}

// How far the two lines of beats are apart, in frames, at a time that both know.
double frames_apart(const LeftBehind& before, const LeftBehind& after) {
    const auto beats_at = [](const LeftBehind& left, std::int64_t ns) {
        const double frame = static_cast<double>(left.clock->frame) + static_cast<double>(ns - left.clock->ns) / left.clock->ns_per_frame;
        return static_cast<double>(left.timeline.beats) + (frame - static_cast<double>(left.timeline.frame)) * left.timeline.tempo;
    };
    return (beats_at(after, after.clock->ns) - beats_at(before, after.clock->ns)) / before.timeline.tempo;
}

}  // namespace

TEST_CASE("killed in mid-bar, it is there again by itself, in phase to the frame, with all that was answered", "[daemon]") {
    const Folder folder;
    const std::string home = folder / "home";
    Process keeper(CHRONUSD_PROGRAM, Daemon::words(folder / "a.sock", {"--empty", "--keep-alive"}), "", {}, home);
    const std::string line = keeper.wait_for_line("OSC on UDP port ");
    const Caller player(std::to_string(std::stoi(line.substr(line.find("UDP port ") + 9))));
    player.say("tempo 133.7");
    player.say("create saw drone freq=60");
    player.say("create kick k");
    player.say("sequence k: X..x..");
    player.say("play");
    for (int life = 0; life < 4; ++life) {
        const std::string id = "m" + std::to_string(life);
        player.say("create hat " + id);
        player.say("set " + id + ".level 0.3");
        player.say("set drone.freq " + std::to_string(61 + life));
        const LeftBehind before = left_in(home);
        const pid_t child = child_of(keeper.id());
        REQUIRE(child > 0);
        kill(child, SIGKILL);
        const std::string list = player.wait_for_answer();
        CAPTURE(life, list);
        CHECK(list.find(id + " hat") != std::string::npos);
        CHECK(list.find("drone saw") != std::string::npos);
        CHECK(player.say("get drone.freq").starts_with(std::to_string(61 + life)));
        CHECK(player.say("get " + id + ".level").starts_with("0.3"));
        CHECK(player.say("/seq/status").find("playing true bpm 133.7") != std::string::npos);
        const LeftBehind after = left_in(home);
        REQUIRE(before.clock);
        REQUIRE(after.clock);
        CHECK(after.timeline.running);
        CHECK(std::abs(frames_apart(before, after)) < 0.01);
    }
    keeper.signal(SIGTERM);
    CHECK(keeper.wait_for_end().status == 0);
}

TEST_CASE("killed at a hundred moments, it is in phase each time, and nothing that was answered is missing", "[.slow]") {
    const Folder folder;
    const std::string home = folder / "home";
    laws::Dice dice(1);
    int lives = 0;
    for (int keepers = 0; keepers < 25; ++keepers) {
        Process keeper(CHRONUSD_PROGRAM, Daemon::words(folder / "a.sock", {"--empty", "--keep-alive"}), "", {}, home);
        const std::string line = keeper.wait_for_line("OSC on UDP port ");
        const Caller player(std::to_string(std::stoi(line.substr(line.find("UDP port ") + 9))));
        player.say("create saw drone freq=60");
        player.say("tempo " + std::to_string(60 + dice.below(200)));
        player.say("play");
        for (int life = 0; life < 4; ++life, ++lives) {
            std::this_thread::sleep_for(std::chrono::microseconds(dice.below(2'000'000)));
            const std::string id = "m" + std::to_string(life);
            player.say("create kick " + id);
            player.say("sequence " + id + ": X..x..");
            player.say("set drone.freq " + std::to_string(61 + life));
            const LeftBehind before = left_in(home);
            const pid_t child = child_of(keeper.id());
            REQUIRE(child > 0);
            kill(child, SIGKILL);
            const std::string list = player.wait_for_answer();
            CAPTURE(keepers, life, list);
            CHECK(list.find(id + " kick") != std::string::npos);
            CHECK(player.say("get drone.freq").starts_with(std::to_string(61 + life)));
            CHECK(player.say("/seq/status").find(id + " " + id + " X..x..") != std::string::npos);
            const LeftBehind after = left_in(home);
            REQUIRE(after.clock);
            CHECK(std::abs(frames_apart(before, after)) < 0.01);
        }
        keeper.signal(SIGTERM);
        CHECK(keeper.wait_for_end().status == 0);
    }
    CHECK(lives == 100);
}

TEST_CASE("a type that crashed the process twice is left out, and named", "[daemon]") {
    const Folder folder;
    const std::string home = folder / "home";
    std::filesystem::create_directories(home + "/modules");
    std::filesystem::copy(CHRONUS_BRITTLE_PATH, home + "/modules");
    Process keeper(CHRONUSD_PROGRAM, Daemon::words(folder / "a.sock", {"--empty", "--keep-alive"}), "", {}, home);
    const std::string line = keeper.wait_for_line("OSC on UDP port ");
    const Caller player(std::to_string(std::stoi(line.substr(line.find("UDP port ") + 9))));
    player.say("create kick k");
    player.say("create brittle b");
    static_cast<void>(run(CHRONUS_PROGRAM, {"--port", player.port, "set b.force 1"}));  // it is gone before it can answer
    std::string list;
    for (int i = 0; i < 100 && (list.empty() || list.find("brittle") != std::string::npos); ++i) list = player.wait_for_answer();
    CHECK(list.find("k kick") != std::string::npos);
    CHECK(list.find("brittle") == std::string::npos);
    keeper.signal(SIGTERM);
    const Ended ended = keeper.wait_for_end();
    CHECK(ended.err.find("b is left out: brittle crashed twice") != std::string::npos);
}

TEST_CASE("a type that does not come to an end is left out at once, and named; the rest goes on in phase", "[daemon]") {
    const Folder folder;
    const std::string home = folder / "home";
    std::filesystem::create_directories(home + "/modules");
    std::filesystem::copy(CHRONUS_BRITTLE_PATH, home + "/modules");
    std::ofstream(home + "/modules/shell.chr") << "create brittle core\nexpose out out = core.out\nexpose param stall = core.stall 0 1 0\n";
    Process keeper(CHRONUSD_PROGRAM, Daemon::words(folder / "a.sock", {"--empty", "--keep-alive"}), "", {}, home);
    const std::string line = keeper.wait_for_line("OSC on UDP port ");
    const Caller player(std::to_string(std::stoi(line.substr(line.find("UDP port ") + 9))));
    for (const char* said : {"create kick k", "create shell s", "sequence k: X..x..", "play"}) player.say(said);
    const LeftBehind before = left_in(home);
    static_cast<void>(run(CHRONUS_PROGRAM, {"--port", player.port, "set s.stall 1"}));  // perhaps it can answer, perhaps not
    std::string list;
    for (int i = 0; i < 100 && (list.empty() || list.find("shell") != std::string::npos); ++i) list = player.wait_for_answer();
    CHECK(list.find("k kick") != std::string::npos);
    CHECK(list.find("shell") == std::string::npos);
    CHECK(player.say("about").find("s is left out: brittle did not come to an end") != std::string::npos);
    const LeftBehind after = left_in(home);
    REQUIRE(before.clock);
    REQUIRE(after.clock);
    CHECK(std::abs(frames_apart(before, after)) < 0.01);
    keeper.signal(SIGTERM);
    const Ended ended = keeper.wait_for_end();
    CHECK(ended.status == 0);
    CHECK(ended.err.find("brittle did not come to an end") != std::string::npos);
}

TEST_CASE("what the user made is tried before it is loaded at the start, unless it was before", "[daemon]") {
    const Folder folder;
    const std::string home = folder / "home", own = home + "/music-chronus/modules", builds = home + "/music-chronus/builds";
    std::filesystem::create_directories(own);
    std::filesystem::copy(CHRONUS_BRITTLE_PATH, own);
    std::filesystem::copy_file(CHRONUS_MODULE_PATH "/hat.so", own + "/hat.so");
    const Builds kept(builds);
    for (const bool tried_before : {false, true}) {
        if (tried_before) REQUIRE(kept.keep(*kept.copy(own + "/brittle.so")));
        Process daemon(CHRONUSD_PROGRAM, Daemon::words(folder / "a.sock", {"--empty"}), "", {"CHRONUS_MODULE_PATH=" CHRONUS_MODULE_PATH ":" + own}, home);
        const std::string line = daemon.wait_for_line("OSC on UDP port ");
        const Caller player(std::to_string(std::stoi(line.substr(line.find("UDP port ") + 9))));
        CHECK((player.say("about").find("brittle.so: is left out: it crashes") == std::string::npos) == tried_before);
        CHECK((player.say("types").find("brittle") != std::string::npos) == tried_before);
        CHECK(player.say("/module/info hat").find(own + "/hat.so") != std::string::npos);
        player.say("quit");
        CHECK(daemon.wait_for_end().status == 0);
    }
}

TEST_CASE("a clean stop leaves what --resume goes on with; with nothing there it says so", "[daemon]") {
    const Folder folder;
    const std::string home = folder / "home";
    const CommandLine words = Daemon::words(folder / "a.sock", {"--resume"});
    const Ended nothing = Process(CHRONUSD_PROGRAM, words, "", {}, home).wait_for_end();
    CHECK(nothing.status == 1);
    CHECK(nothing.err.find("there is nothing to resume") != std::string::npos);
    const auto start = [&](const CommandLine& how) { return std::make_unique<Process>(CHRONUSD_PROGRAM, Daemon::words(folder / "a.sock", how), "", std::vector<std::string>{}, home); };
    const auto player_of = [](Process& process) {
        const std::string line = process.wait_for_line("OSC on UDP port ");
        return Caller(std::to_string(std::stoi(line.substr(line.find("UDP port ") + 9))));
    };
    auto first = start({"--empty"});
    const Caller player = player_of(*first);
    for (const char* said : {"create kick k freq=44", "sequence k: X...", "tempo 150", "swing 0.2", "play"}) player.say(said);
    first->signal(SIGINT);
    CHECK(first->wait_for_end().status == 0);
    const LeftBehind left = left_in(home);
    CHECK_FALSE(left.clock);
    CHECK(left.timeline.running);
    auto second = start({"--resume"});
    const Caller again = player_of(*second);
    CHECK(again.port == player.port);
    again.wait_for_answer();
    CHECK(again.say("get k.freq").starts_with("44"));
    const std::string status = again.say("/seq/status");
    CHECK(status.find("playing true bpm 150 swing 0.2") != std::string::npos);
    CHECK(status.find("k k X...") != std::string::npos);
    again.say("quit");
    CHECK(second->wait_for_end().status == 0);
}

TEST_CASE("the log is always on, and tells who said what and what came of it", "[daemon]") {
    const Folder folder;
    const std::string home = folder / "home";
    Process daemon(CHRONUSD_PROGRAM, Daemon::words(folder / "a.sock", {"--empty"}), "", {}, home);
    const std::string line = daemon.wait_for_line("OSC on UDP port ");
    const Caller player(std::to_string(std::stoi(line.substr(line.find("UDP port ") + 9))));
    player.say("create kick k");
    player.say("set k.freq 9999");
    CHECK(player.say("session list").find("120bpm") != std::string::npos);
    CHECK(player.say("session show this 1").find("/mod/k/freq i 9999 # 127.0.0.1:") != std::string::npos);
    CHECK(player.say("session export this").find("messages") != std::string::npos);
    player.say("quit");
    CHECK(daemon.wait_for_end().status == 0);
    std::size_t logs = 0;
    for (const auto& entry : std::filesystem::directory_iterator(home + "/music-chronus/sessions")) logs += entry.path().extension() == ".osc";
    CHECK(logs == 1);
}
