// Logs of sessions: told, played again live, and given to other programs.
#include "studio/instrument.h"
#include "studio/scratch_folder.h"

using namespace chronus;

namespace {

struct Logged : Instrument {
    Logged() {
        console().keep_sessions_in(folder.path);
        console().write_log(std::move(*SessionLog::open(folder.path / "2026-01-01-120000-120bpm.osc")));
        done("/session/start 48000 1");
    }
    const ScratchFolder folder;
};

// Two bars of a groove that is changed while it plays. Soft: the limiter would take its time to recover.
Sound perform(Instrument& instrument) {
    Sound all;
    const auto play = [&](std::int64_t frames) {
        const Sound some = instrument.play(frames);
        all.left.insert(all.left.end(), some.left.begin(), some.left.end());
        all.right.insert(all.right.end(), some.right.begin(), some.right.end());
    };
    instrument.load("create kick k level=0.2\ncreate hat h level=0.1\ncreate sine s freq=110\npatch s > out 0.1\nsequence k: X...\nsequence h: x.x.\nplay\n");
    play(64000);
    instrument.done("set s.freq 220");
    instrument.done("mute h");
    play(64000);
    instrument.done("create noise n quiet");
    instrument.done("undo 2");
    play(64000);
    instrument.done("/session/end");
    play(6400);
    return all;
}

}  // namespace

TEST_CASE("a session that is replayed live sounds to the bit as it did", "[session]") {
    Logged logged;
    const Sound before = perform(logged);
    logged.done("clear");
    logged.play(9600);
    const std::int64_t asked = logged.frame();
    CHECK(logged.done("session replay this").find("120bpm 4.") != std::string::npos);
    const Sound after = logged.play(2 * 192000);
    const auto begun = static_cast<std::size_t>((asked + 2400 + 63) / 64 * 64 - asked);
    for (std::size_t i = 0; i < 192000; ++i) {
        CAPTURE(i, after.left[begun + i] * 1e6f, before.left[i] * 1e6f);
        REQUIRE(after.left[begun + i] == before.left[i]);
        REQUIRE(after.right[begun + i] == before.right[i]);
    }
    CHECK(logged.refused("session replay off").starts_with("unknown nothing is being replayed"));
}

TEST_CASE("a session is replayed from a bar, at another tempo, and over and over", "[session]") {
    Logged logged;
    perform(logged);
    logged.done("session replay this bar 2 tempo 240");
    logged.play(9600);
    const Timeline line = logged.console().telemetry().timeline;
    CHECK(line.running);
    CHECK(line.tempo == 240000);
    CHECK(line.bar_at(line.beats_at(logged.frame())).number == 1);
    CHECK(logged.studio().tracks.at("h").muted);  // that is undone later
    logged.done("clear");
    logged.done("session replay this loop");
    int begun = 0;
    bool was = true;
    for (int i = 0; i < 3 * 192000 / 6400; ++i) {
        logged.play(6400);
        const bool there = logged.studio().modules.contains("n") || !logged.studio().tracks.contains("h");
        begun += was && !there;
        was = there || !logged.console().telemetry().timeline.running || logged.console().telemetry().timeline.beats_at(logged.frame()) > 7 * logged.console().telemetry().timeline.per_beat();
    }
    CHECK(begun >= 2);
    logged.done("session replay off");
}

TEST_CASE("a session's log tells who said what; what goes to oscsendfile is told apart", "[session]") {
    Logged logged;
    logged.console().hear_from(logged.console().touches().speaker("ada"));
    logged.done("create kick k");
    logged.done("set k.freq 9999");
    logged.done("sequence k: X . X .");
    logged.done("play");
    logged.play(640);
    CHECK(logged.done("session list").starts_with("2026-01-01-120000-120bpm 0.0 min (this)"));
    const std::string shown = logged.done("session show this 4");
    CHECK(shown.find("/create ss \"kick\" \"k\" # ada: k kick") != std::string::npos);
    CHECK(shown.find("/mod/k/freq i 9999 # ada: 200.0 Hz freq 9999 clamped to 200 Hz") != std::string::npos);
    const std::string exported = logged.done("session export this");
    CAPTURE(exported);
    CHECK(exported.find("3 messages 2 left out") != std::string::npos);
    CHECK(text_of_file((logged.folder.path / "2026-01-01-120000-120bpm.oscsend").string()) ==
          "00000001.00000000 /create ss \"kick\" \"k\"\n00000001.00000000 /mod/k/freq i 9999\n00000001.00000000 /play i 1\n");
    CHECK(logged.refused("session show 1999").starts_with("unknown there is no session 1999"));
    CHECK(logged.refused("session render this").starts_with("device"));
}
