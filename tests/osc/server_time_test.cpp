// Messages for a time to come, over real sockets.
#include "osc/server.h"

#include "osc/raw_packet.h"
#include "osc/said.h"
#include "osc/served.h"
#include "osc/timetag.h"

using namespace chronus;
using namespace std::chrono_literals;

namespace {

// A clock without the device's jitter. It is set by what the engine says, which falls behind where nothing
// runs.
class ExactClock {
public:
    void set(Peer& peer) {
        frame_ = frame_in(peer.ask({"/gate/voice8", {0}}));
        start_ = monotonic_ns();
    }
    FrameAt reader() const {
        return [this](std::int64_t ns) {
            return static_cast<double>(frame_) + static_cast<double>(ns - start_) * Served::kRate / 1e9;
        };
    }

private:
    std::atomic<std::int64_t> frame_ = 0, start_ = monotonic_ns();
};

// Every answer is a block at least.
void play_until(Peer& peer, std::int64_t frame) {
    while (frame_in(peer.ask({"/gate/voice8", {0}})) < frame) {
    }
}

}  // namespace

TEST_CASE("a bundle for a time to come has its effect at one frame, and frames are as far apart as the times",
          "[server]") {
    ExactClock clock;
    Served daemon;
    daemon.console().set_lead(Served::kRate / 4);  // so that a busy machine has time to take them
    Peer peer = daemon.begin(clock.reader()).udp();
    clock.set(peer);
    const std::int64_t start = unix_now() + 800'000'000;
    std::vector<std::int64_t> frames;
    for (int bundle = 0; bundle < 3; ++bundle)
        peer.send(ntp_from_unix(start + bundle * 100'000'000),
                  {{"/mod/voice1/freq", {220.0f + static_cast<float>(bundle)}},
                   {"/gate/voice1", {1.0f}},
                   {"/mod/voice2/freq", {110.0f}}});
    for (int bundle = 0; bundle < 3; ++bundle)
        for (const char* address : {"/mod/voice1/freq", "/gate/voice1", "/mod/voice2/freq"}) {
            const Message answer = peer.receive();
            CAPTURE(print_message(answer));
            CHECK(answer.arguments.at(0) == Argument(std::string(address)));
            CHECK_FALSE(has(print_message(answer), "late"));
            frames.push_back(frame_in(answer));
        }
    for (std::size_t i = 0; i < frames.size(); ++i) {
        CHECK(frames[i] == frames[i / 3 * 3]);
        CHECK(std::abs(frames[i] - frames[0] - static_cast<std::int64_t>(i / 3) * 4800) <= 1);
    }
    CHECK(frames[0] > 0);
}

TEST_CASE("by the device's own clock a bundle has its effect at the frame of its time too", "[server]") {
    Served daemon;
    daemon.console().set_lead(Served::kRate / 4);
    Peer peer = daemon.begin().udp();
    play_until(peer, Served::kRate / 2);
    const std::int64_t now = unix_now();
    for (int bundle = 0; bundle < 3; ++bundle)
        peer.send(ntp_from_unix(now + 500'000'000 + bundle * 100'000'000), {{"/mod/voice1/freq", {220.0f}}});
    std::int64_t frames[3];
    for (std::int64_t& frame : frames) frame = frame_in(peer.receive());
    // The clock's fit may change between two of them: by a hundredth at most, and by what a busy machine
    // adds.
    for (int i = 1; i < 3; ++i) CHECK(std::abs(frames[i] - frames[i - 1] - 4800) < 480);
}

TEST_CASE("a bundle is taken in time although nothing else comes", "[server]") {
    ExactClock clock;
    Served daemon;
    Peer peer = daemon.begin(clock.reader()).udp();
    int on_time = 0;
    for (int i = 0; i < 20; ++i) {
        clock.set(peer);
        const std::int64_t start = unix_now() + 100'000'000;
        for (const std::int64_t after : {0, 50'000'000})
            peer.send(ntp_from_unix(start + after), {{"/gate/voice1", {1.0f}}});
        const std::int64_t first = frame_in(peer.receive()), second = frame_in(peer.receive());
        on_time += std::abs(second - first - 2400) <= 1;
    }
    CHECK(on_time >= 10);
}

TEST_CASE("a line, a /notify and a request with an id may come in a bundle for later", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().udp(), listener = daemon.local();
    peer.send(ntp_in(50ms), {line("set voice1.freq 220 voice2.freq 330"),
                             with_id("9", {"/tempo", {140}}),
                             line("create kik"),
                             {"/notify", {peer.port()}},
                             {"/req", {}}});
    std::vector<std::string> said;
    for (int i = 0; i < 5; ++i) said.push_back(print_message(peer.receive()));
    const auto is_said = [&](const std::string& text) {
        return std::any_of(said.begin(), said.end(),
                           [&](const std::string& answer) { return has(answer, text); });
    };
    for (const char* text : {"/done /do \"\" 220 Hz 330 Hz at ", "/done /tempo \"9\" 140 bpm at ",
                             "/fail /do \"\" unknown ", "/done /notify \"\" ", "/fail /req \"\" missing "}) {
        CAPTURE(text, said);
        CHECK(is_said(text));
    }
}

TEST_CASE("what comes too late is done at once and says by how much", "[server]") {
    constexpr std::int64_t kMeant = 100 - 64;  // the limiter's frames are taken off
    Served daemon;
    Peer peer = daemon.begin([](std::int64_t) { return 100.0; }).udp();
    play_until(peer, 1000);
    peer.send(ntp_in(-1s), {{"/mod/voice1/freq", {220.0f}}});
    const Message answer = peer.receive();
    CAPTURE(print_message(answer));
    CHECK(answer.address == "/done");
    const std::string note = text_of(answer.arguments.at(4)).value_or("");
    REQUIRE(has(note, "late by "));
    const std::int64_t late = std::stoll(note.substr(8));
    CHECK(late >= 1000 - kMeant);
    CHECK(late + kMeant <= frame_in(answer));
    peer.send(ntp_in(-1s), {line("tempo 140")});
    CHECK(has(print_message(peer.receive()), "/done /do \"\" 140 bpm \"late by "));
}

TEST_CASE("a time before the first frame is late by all of it", "[server]") {
    ExactClock clock;
    Served daemon;
    Peer peer = daemon.begin(clock.reader()).udp();
    peer.send(ntp_in(-10s), {{"/mod/voice1/freq", {220.0f}}});
    const Message answer = peer.receive();
    const std::string note = text_of(answer.arguments.at(4)).value_or("");
    REQUIRE(has(note, "late by "));
    CHECK(std::stoll(note.substr(8)) > 9 * Served::kRate);
}

TEST_CASE("while no clock is known, a time is now", "[server]") {
    Served daemon;
    Peer peer = daemon.begin([](std::int64_t) { return std::nullopt; }).udp();
    peer.send(ntp_in(100s), {{"/mod/voice1/freq", {220.0f}}});
    const std::string answer = print_message(peer.receive());
    CHECK(has(answer, "/done /mod/voice1/freq \"\" 220 Hz at "));
    CHECK_FALSE(has(answer, "late"));
}

TEST_CASE("/wait is answered when its moment has come, and others meanwhile", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().udp(), other = daemon.local();
    const std::int64_t begun = frame_in(peer.ask({"/gate/voice8", {0}}));
    peer.send({"/req", {std::string("w"), std::string("/wait"), std::string("+0.2 s")}});
    CHECK(frame_in(other.ask({"/gate/voice8", {0}})) < begun + 9600);
    const Message answer = peer.receive();
    CHECK(has(print_message(answer), "/done /wait w "));
    CHECK(frame_in(other.ask({"/gate/voice8", {0}})) >= begun + 9600);
    CHECK(has(peer.hear({"/wait", {std::string("soon")}}), "/fail /wait \"\" syntax"));
}

TEST_CASE("who asks by /notify hears what came of a line that waited", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().local(), listener = daemon.udp();
    peer.ask({"/notify", {listener.port()}});
    peer.ask({"/do", {std::string("at \"+0.05 s\" set voice1.freq 330")}});
    std::string heard;
    while (!has(heard, "/done /mod/voice1/freq")) heard = print_message(listener.receive());
    CHECK(has(heard, "330 Hz at "));
}
