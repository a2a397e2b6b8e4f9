// The conversation with whoever speaks OSC, over real sockets.
#include "osc/server.h"

#include "osc/raw_packet.h"
#include "osc/served.h"
#include "osc/timetag.h"

using namespace chronus;
using namespace std::chrono_literals;

namespace {

using Texts = std::vector<std::string>;

Message line(const std::string& text) {
    return {"/do", {text}};
}
Message with_id(const std::string& id, const Message& message) {
    Message wrapped{"/req", {id, message.address}};
    wrapped.arguments.insert(wrapped.arguments.end(), message.arguments.begin(), message.arguments.end());
    return wrapped;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::uint64_t ntp_in(std::chrono::nanoseconds time) {
    return ntp_from_unix(unix_now() + time.count());
}

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

TEST_CASE("every message is answered with its address, an empty id, what came of it and when", "[server]") {
    Served daemon;
    daemon.begin();
    Peer peers[] = {daemon.udp(), daemon.local()};
    for (Peer& peer : peers) {
        const Message answer = peer.ask({"/mod/voice1/freq", {220.0f}});
        CHECK(types_of(answer) == "ssfssi");
        CHECK(has(print_message(answer), "/done /mod/voice1/freq \"\" 220 Hz at "));
        CHECK(frame_in(answer) >= 0);
        CHECK(has(peer.hear({"/mod/voice1/freq", {}}), "/done /mod/voice1/freq \"\" 220 Hz \"set by "));
    }
}

TEST_CASE("the answer to /req bears its id, whatever its type", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    for (const Argument& id : {Argument(7), Argument(std::string("7"))})
        CHECK(peer.hear({"/req", {id, std::string("/mod/voice1/freq")}}) ==
              "/done /mod/voice1/freq \"7\" 440 Hz");
    CHECK(has(peer.hear({"/req", {std::string("first"), std::string("/tempo"), 140}}),
              "/done /tempo first 140 bpm at "));
    CHECK(has(peer.hear({"/req", {}}), "/fail /req \"\" missing "));
    CHECK(has(peer.hear({"/req", {7}}), "/fail /req \"\" missing "));
}

TEST_CASE("a refusal gives a code, a reason and an example that is done", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().local();
    for (const Message& wrong :
         {Message{"/create", {std::string("kik")}}, Message{"/bars", {}}, Message{"/seq/ad", {}},
          Message{"/mod/voice1/fre", {1.0f}}, line("tempo fast")}) {
        const std::string id = wrong.address + std::to_string(wrong.arguments.size());
        const Message answer = peer.ask(with_id(id, wrong));
        CAPTURE(print_message(answer));
        REQUIRE(answer.address == "/fail");
        REQUIRE(types_of(answer) == "sssss");
        CHECK(answer.arguments[0] == Argument(wrong.address));
        CHECK(answer.arguments[1] == Argument(id));
        CHECK_FALSE(text_of(answer.arguments[3])->empty());
        CHECK(peer.ask(line(*text_of(answer.arguments[4]))).address == "/done");
    }
}

TEST_CASE("a request repeated with its id gets the same answer and is not done twice", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().udp(), another = daemon.local();
    const Message create = with_id("again", {"/create", {std::string("sine")}});
    const Message first = peer.ask(create);
    CHECK(first.address == "/done");
    for (int i = 0; i < 3; ++i) CHECK(peer.ask(create) == first);
    const Message refusal = peer.ask(with_id("no", {"/remove", {std::string("nobody")}}));
    CHECK(refusal.address == "/fail");
    CHECK(peer.ask(with_id("no", {"/create", {std::string("saw")}})) == refusal);

    // The same id from someone else is another request.
    const Message second = another.ask(create);
    CHECK(second.address == "/done");
    CHECK(second != first);
    daemon.end();
    const auto& modules = daemon.console().studio().modules;
    CHECK(std::count_if(modules.begin(), modules.end(),
                        [](const auto& entry) { return entry.second.type == "sine"; }) == 2);
}

TEST_CASE("a request repeated before its answer is not done twice, nor one that waits for its time",
          "[server]") {
    Served daemon;
    Peer peer = daemon.begin().local();
    const Message create = with_id("a", {"/create", {std::string("sine")}}),
                  later = with_id("b", {"/create", {std::string("saw")}});
    for (int i = 0; i < 5; ++i) peer.send(create);
    const std::uint64_t soon = ntp_in(100ms);
    for (int i = 0; i < 5; ++i) peer.send(soon, {later});
    int saws = 0;
    while (saws == 0) saws += has(print_message(peer.receive()), " b saw");
    peer.send(with_id("c", {"/sync", {}}));
    while (!has(print_message(peer.receive()), "/sync c")) {
    }
    daemon.end();
    for (const std::string type : {"sine", "saw"}) {
        const auto& modules = daemon.console().studio().modules;
        CHECK(std::count_if(modules.begin(), modules.end(),
                            [&](const auto& entry) { return entry.second.type == type; }) == 1);
    }
}

TEST_CASE("who asks by /notify hears what others are answered, once, and his own answers once", "[server]") {
    Served daemon;
    Peer listener = daemon.begin().udp(), second = daemon.udp(), player = daemon.local();
    for (int i = 0; i < 2; ++i)
        CHECK(listener.hear({"/notify", {listener.port()}}) ==
              "/done /notify \"\" " + std::to_string(listener.port()));
    CHECK(player.ask({"/notify", {second.port()}}).address == "/done");
    CHECK(listener.receive().arguments[0] == Argument(std::string("/notify")));
    CHECK(second.receive().arguments[0] == Argument(std::string("/notify")));

    for (const Message& said : {Message{"/mod/voice1/freq", {220.0f}}, with_id("7", {"/tempo", {140}}),
                                Message{"/nonsense", {}}, with_id("8", line("create kik"))}) {
        const Message answer = player.ask(said);
        CHECK(listener.receive() == answer);
        CHECK(second.receive() == answer);
    }
    const Message own = listener.ask({"/tempo", {150}});
    CHECK(second.receive() == own);
    CHECK(has(listener.hear({"/mod/voice1/freq", {}}), "voice1/freq"));
}

TEST_CASE("/notify with what is no port is refused", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    CHECK(has(peer.hear({"/notify", {}}), "/fail /notify \"\" missing"));
    for (const Argument& port : {Argument(0), Argument(-1), Argument(65536), Argument(std::string("there")),
                                 Argument(NAN), Argument(1e300), Argument(Nil{}), Argument(5007.5f)})
        CHECK(has(peer.hear({"/notify", {port}}), "/fail /notify \"\" "));
}

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
    Texts said;
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

TEST_CASE("what is no OSC is refused and does no harm", "[server]") {
    Served daemon;
    daemon.begin();
    RawPacket deep = RawPacket().string("/tempo").string(",i").word(140);
    for (int i = 0; i < 9; ++i) deep = RawPacket().bundle(kImmediately).element(deep);
    const RawPacket wrong[] = {
        RawPacket(),
        RawPacket().raw("abc"),
        RawPacket().raw("abcd"),
        RawPacket().string("tempo"),
        RawPacket().string("/tempo").word(140),
        RawPacket().string("/tempo").string(",i"),
        RawPacket().string("/tempo").string(",ii").word(140),
        RawPacket().string("/tempo").string(",b").word(0xffff'ffff),
        RawPacket().string("/two words").string(",i").word(140),
        RawPacket().string("#bundle"),
        RawPacket().bundle(kImmediately).word(400),
        RawPacket().bundle(kImmediately).element(RawPacket().string("/tempo").string(",i").word(90)).word(3),
        RawPacket().string("/do").string(",s").raw(std::string(70'000, 'x')),
        deep,
    };
    Peer peers[] = {daemon.udp(), daemon.local()};
    for (Peer& peer : peers)
        for (const RawPacket& packet : wrong) {
            if (packet.bytes.size() > kLargestDatagram && peer.is_udp()) continue;
            peer.send_bytes(packet.bytes);
            const Message answer = peer.receive();
            CAPTURE(packet.bytes.size(), print_message(answer));
            CHECK(answer.address == "/fail");
            REQUIRE(types_of(answer) == "sssss");
            CHECK((answer.arguments[2] == Argument(std::string("wire")) ||
                   answer.arguments[2] == Argument(std::string("type"))));
            CHECK(has(peer.hear({"/mod/voice1/freq", {}}), "440 Hz"));
        }
}

TEST_CASE("answers and events are never answered, so no two daemons talk for ever", "[server]") {
    Served daemon, another;
    Peer peer = daemon.begin().udp();
    for (const char* address : {"/done", "/fail", "/event", "/viz/levels"})
        for (const Message& message :
             {Message{address, {}}, Message{address, {std::string("/tempo"), std::string("")}}}) {
            peer.send(message);
            peer.send(ntp_in(-1s), {message});
            peer.send(ntp_in(1ms), {message});
        }
    CHECK(has(peer.hear(line("tempo 140")), "/done /do \"\" 140 bpm"));

    // Each tells the other all that it answers.
    Peer other = another.begin().udp();
    CHECK(peer.ask({"/notify", {another.port()}}).address == "/done");
    CHECK(other.ask({"/notify", {daemon.port()}}).address == "/done");
    for (int i = 0; i < 10; ++i) {
        CHECK(has(peer.hear(line("tempo 150")), "150 bpm"));
        CHECK(has(other.hear({"/nonsense", {}}), "/fail /nonsense"));
    }
}

TEST_CASE("a line sets several parameters at one frame, and may come in pieces", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    CHECK(has(peer.hear(line("set voice1.freq 220 voice2.freq 330 voice3.amp 0.5")),
              "/done /do \"\" 220 Hz 330 Hz 0.5 at "));
    CHECK(has(peer.hear({"/do", {std::string("set"), std::string("voice1.freq"), 110}}),
              "/done /do \"\" 110 Hz at "));
    CHECK(has(peer.hear(line("get voice2.freq")), "330 Hz"));
    CHECK(has(peer.hear(line("set voice1.freq")), "/fail /do \"\" syntax "));
    CHECK(has(peer.hear({"/do", {}}), "/done /do \"\""));
}

TEST_CASE("a thousand messages in one burst over the UNIX socket are answered in their order", "[server]") {
    constexpr int kCount = 1000;
    Served daemon;
    Peer peer = daemon.begin().local();
    // A client that leaves too many answers unread loses the next ones.
    std::counting_semaphore<> unread(200);
    std::jthread sender([&] {
        for (int i = 0; i < kCount && unread.try_acquire_for(20s); ++i) {
            if (i % 3 == 0) peer.send({"/mod/voice1/freq", {static_cast<float>(100 + i)}});
            if (i % 3 == 1) peer.send({"/mod/voice1/freq", {}});
            if (i % 3 == 2 && i % 2 == 0) peer.send({"/sync", {}});
            if (i % 3 == 2 && i % 2 == 1) peer.send({"/nonsense", {}});
        }
    });
    std::int64_t frame = 0;
    for (int i = 0; i < kCount; ++i) {
        const Message answer = peer.receive();
        unread.release();
        CAPTURE(i, print_message(answer));
        if (i % 3 == 2)
            REQUIRE(has(print_message(answer), i % 2 == 0 ? "/done /sync" : "/fail /nonsense"));
        else
            REQUIRE(has(print_message(answer), " " + std::to_string(100 + i - i % 3) + " Hz"));
        if (i % 3 == 1 || answer.address == "/fail") continue;
        REQUIRE(frame_in(answer) >= frame);
        frame = frame_in(answer);
    }
}

TEST_CASE("who has no name is obeyed, though not answered", "[server]") {
    Served daemon;
    Peer unnamed = daemon.begin().local(false), named = daemon.local();
    unnamed.send(with_id("1", {"/create", {std::string("sine")}}));
    unnamed.send({"/nonsense", {}});
    CHECK(has(named.hear({"/list", {}}), "sine sine"));
}

TEST_CASE("while the device stands still, changes are queued and the answer says so", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    CHECK(frame_in(peer.ask({"/mod/voice1/freq", {220.0f}})) >= 0);
    daemon.device().stop();
    const Message answer = peer.ask({"/mod/voice1/freq", {330.0f}});
    CHECK(print_message(answer) == "/done /mod/voice1/freq \"\" 330 Hz \"queued, audio not running\"");
    CHECK(has(peer.hear({"/sync", {}}), "\"queued, audio not running\""));
    CHECK(has(peer.hear({"/mod/voice1/freq", {}}), "/done /mod/voice1/freq \"\" 330 Hz"));
}

TEST_CASE("/quit is answered and ends the server", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    CHECK(has(peer.hear({"/quit", {}}), "/done /quit \"\" goodbye at "));
    daemon.wait_for_end();
}

TEST_CASE("/quit ends the server although the device stands still", "[server]") {
    Served daemon;
    Peer peer = daemon.begin().local();
    daemon.device().stop();
    CHECK(has(peer.hear({"/quit", {}}), "/done /quit \"\" goodbye"));
    daemon.wait_for_end();
}

TEST_CASE("who asks by /notify hears of a module that ran away", "[server]") {
    const Library library = Library::scan({CHRONUS_MODULE_PATH, CHRONUS_OSC_FIXTURE_PATH});
    Served daemon(library);
    Peer listener = daemon.begin().udp(), player = daemon.local();
    CHECK(listener.ask({"/notify", {listener.port(), std::string("answers"), std::string("fault")}}).address == "/done");
    CHECK(player.ask(line("create runaway wild")).address == "/done");
    CHECK(listener.receive().arguments.at(0) == Argument(std::string("/do")));
    const std::int64_t let_loose = frame_in(player.ask(line("set wild.force 1")));
    Message event;
    while (event.address != "/event") event = listener.receive();
    REQUIRE(types_of(event) == "ssi");
    CHECK(event.arguments[0] == Argument(std::string("fault")));
    CHECK(event.arguments[1] == Argument(std::string("wild")));
    CHECK(number_of(event.arguments[2]) == static_cast<double>(let_loose));
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
