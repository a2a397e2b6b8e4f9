// What happens by itself, and who hears of it.
#include "osc/happenings.h"

#include "osc/served.h"

using namespace chronus;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
Message line(const std::string& text) { return {"/do", {text}}; }

// The next message that has these words; others are passed over.
std::string next(Peer& peer, const std::string& words) {
    for (int i = 0; i < 200; ++i)
        if (const std::string heard = print_message(peer.receive()); has(heard, words)) return heard;
    return "never";
}

std::vector<std::string> names(const std::vector<Happened>& all) {
    std::vector<std::string> texts;
    for (const Happened& one : all) texts.push_back(print_message(one.message));
    return texts;
}

}  // namespace

TEST_CASE("beats and bars are told as they come, with their exact frames", "[happenings]") {
    Watchman watchman;
    Telemetry now;
    Studio studio;
    watchman.look(now, studio, 0, 0);
    now.timeline.running = true;
    std::vector<std::string> all;
    for (now.frame = 0; now.frame < 5 * 24000; now.frame += 64)
        for (const std::string& text : names(watchman.look(now, studio, 0, 0))) all.push_back(text);
    const std::vector<std::string> wanted{
        "/event transport playing 120 0", "/event bar 1 0", "/event beat 1 1 0", "/event beat 1 2 24000", "/event beat 1 3 48000",
        "/event beat 1 4 72000", "/event bar 2 96000", "/event beat 2 1 96000"};
    CHECK(all == wanted);
    now.timeline.running = false;
    CHECK(names(watchman.look(now, studio, 0, 0)) == std::vector<std::string>{"/event transport stopped 120 " + std::to_string(now.frame)});
}

TEST_CASE("late blocks, clipping, silence and sound are told once each", "[happenings]") {
    Watchman watchman;
    Telemetry now;
    Studio studio;
    now.frame = 480000;
    watchman.look(now, studio, 0, 3);
    CHECK(names(watchman.look(now, studio, 0, 5)) == std::vector<std::string>{"/event xrun 2 480000"});
    CHECK(watchman.look(now, studio, 0, 5).empty());
    now.clips = 10;
    now.frame += 64;
    now.sounded_at = now.frame;
    CHECK(names(watchman.look(now, studio, 0, 5)) == std::vector<std::string>{"/event clip 10 480064", "/event sound 480064"});
    now.clips = 20;
    now.frame += 64;
    CHECK(watchman.look(now, studio, 0, 5).empty());  // not every block of a second
    now.frame += 48000;
    CHECK(names(watchman.look(now, studio, 0, 5)) == std::vector<std::string>{"/event clip 10 528128"});
    now.frame += 96000;
    CHECK(names(watchman.look(now, studio, 0, 5)) == std::vector<std::string>{"/event silence 480064"});
}

TEST_CASE("who asks hears of modules, tracks, the transport and bars; who asks for beats hears beats alone", "[server][happenings]") {
    Served daemon;
    Peer listener = daemon.begin().udp(), drummer = daemon.udp(), player = daemon.udp();
    CHECK(has(listener.hear({"/notify", {std::string("here")}}), "/done /notify \"\" here"));
    CHECK(has(drummer.hear({"/notify", {std::string("here"), std::string("beat")}}), "here beat"));
    player.ask(line("create kick k"));
    CHECK(has(next(listener, "/event module"), "/event module created k kick "));
    player.ask(line("sequence k: X..."));
    CHECK(has(next(listener, "/event track"), "/event track added k "));
    player.ask(line("play"));
    CHECK(has(next(listener, "/event bar"), "/event bar 1 "));
    CHECK(has(print_message(drummer.receive()), "/event beat 1 1 "));
    CHECK(has(print_message(drummer.receive()), "/event beat 1 2 "));
    player.ask(line("remove k"));
    CHECK(has(next(listener, "/event module"), "/event module removed k kick "));
    CHECK(has(next(listener, "/event track"), "/event track ended k "));
}

TEST_CASE("/notify off ends it; what nobody knows is refused", "[server][happenings]") {
    Served daemon;
    Peer listener = daemon.begin().udp(), player = daemon.udp();
    listener.ask({"/notify", {std::string("here")}});
    listener.ask({"/notify", {std::string("off")}});
    player.ask(line("create kick k"));
    CHECK(has(listener.hear({"/mod/voice1/amp", {}}), "/done /mod/voice1/amp"));  // and nothing before it
    CHECK(has(player.hear({"/notify", {std::string("here"), std::string("bears")}}), "nothing is called bears: there is answers, beat"));
    CHECK(has(player.hear({"/notify", {std::string("everybody")}}), "neither a port of this machine nor here nor off"));
}

TEST_CASE("the tracks of a client whose lease runs out are taken away, those of others stay", "[server][happenings]") {
    Served daemon;
    Peer listener = daemon.begin().udp(), player = daemon.udp();
    listener.ask({"/notify", {std::string("here"), std::string("client"), std::string("track")}});
    {
        Peer guest = daemon.udp();
        CHECK(has(guest.hear({"/lease", {0.2f}}), "/done /lease \"\" 0.2 s"));
        guest.ask({"/seq/add", {std::string("guest"), std::string("voice1"), std::string("X...")}});
        player.ask({"/seq/add", {std::string("own"), std::string("voice2"), std::string("X...")}});
    }
    CHECK(has(next(listener, "/event client"), "/event client gone 127.0.0.1:"));
    CHECK(has(next(listener, "/event track ended"), "/event track ended guest "));
    const std::string status = player.hear({"/seq/status", {}});
    CHECK(has(status, "own voice2"));
    CHECK_FALSE(has(status, "guest"));
}

TEST_CASE("a client that goes on speaking keeps its lease, and one that gave it back has none", "[server][happenings]") {
    Served daemon;
    Peer player = daemon.begin().udp();
    Peer other = daemon.udp();
    player.ask({"/lease", {1.0f}});
    const std::int64_t began = frame_in(player.ask({"/seq/add", {std::string("own"), std::string("voice1"), std::string("X...")}}));
    while (frame_in(player.ask({"/gate/voice8", {0}})) < began + 2 * Served::kRate) {
    }
    CHECK(has(other.hear({"/seq/status", {}}), "own voice1"));
    const std::int64_t ended = frame_in(player.ask({"/gate/voice8", {0}}));
    player.ask({"/lease", {0}});
    while (frame_in(other.ask({"/gate/voice8", {0}})) < ended + 2 * Served::kRate) {
    }
    CHECK(has(other.hear({"/seq/status", {}}), "own voice1"));
}

TEST_CASE("a UNIX client that is gone is told of, and heard no more", "[server][happenings]") {
    Served daemon;
    Peer listener = daemon.begin().udp(), player = daemon.udp();
    listener.ask({"/notify", {std::string("here"), std::string("client")}});
    {
        Peer guest = daemon.local();
        guest.ask({"/notify", {std::string("here")}});
    }
    player.ask(line("create kick k"));  // the first thing that it would have heard
    CHECK(has(print_message(listener.receive()), "/event client gone unix:@"));
}

TEST_CASE("/wait silence is answered once nothing sounds any more", "[server][happenings]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    peer.ask({"/mod/voice1/adsr/release", {0.05f}});
    peer.ask({"/gate/voice1", {1}});
    peer.ask({"/gate/voice1", {0}});
    CHECK(has(peer.hear({"/wait", {std::string("silence")}}), "/done /wait \"\" \"silence since "));
}

TEST_CASE("while the transport runs an answer says where in the music it takes effect", "[server][happenings]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    CHECK_FALSE(has(peer.hear({"/mod/voice1/amp", {0.5f}}), "bar"));
    peer.ask(line("play"));
    CHECK(has(peer.hear({"/mod/voice1/amp", {0.25f}}), "\"bar 1 beat 1"));
}
