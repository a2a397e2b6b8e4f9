// The conversation with whoever speaks OSC, over real sockets.
#include "osc/server.h"

#include "osc/raw_packet.h"
#include "osc/said.h"
#include "osc/served.h"
#include "osc/timetag.h"

using namespace chronus;
using namespace std::chrono_literals;

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
