// The ear over real sockets: what is heard is answered when its time is over, and nobody waits for it.
#include "osc/served.h"

using namespace chronus;

namespace {

// The value after a name in an answer.
Argument value_in(const Message& answer, const std::string& name) {
    for (std::size_t i = 2; i + 1 < answer.arguments.size(); i += 2)
        if (answer.arguments[i] == Argument(name)) return answer.arguments[i + 1];
    return Nil{};
}

Message line(const std::string& text) {
    return {"/do", {text}};
}
Message request(const std::string& id, const std::string& text) {
    return {"/req", {id, std::string("/do"), text}};
}
std::string id_of(const Message& answer) {
    return text_of(answer.arguments.at(1)).value_or("");
}

// A rack that sounds: a sine at -12.04 dBFS.
void sound(Peer& peer) {
    for (const char* text : {"clear", "create sine tone freq=997", "patch tone > out 0.25", "tempo 240"})
        REQUIRE(peer.ask(line(text)).address == "/done");
}

}  // namespace

TEST_CASE("a listen is answered with figures of the running rack", "[server][listen]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    sound(peer);
    const Message master = peer.ask({"/listen", {}});
    const Message tone = peer.ask({"/listen", {std::string("tone"), 0.5f}});
    CAPTURE(print_message(master), print_message(tone));
    REQUIRE(master.address == "/done");
    CHECK(value_in(master, "target") == Argument(std::string("master")));
    CHECK(value_in(master, "heard") == Argument(std::string("sound")));
    CHECK(value_in(master, "seconds") == Argument(1.0f));
    CHECK(value_in(tone, "seconds") == Argument(0.5f));
    CHECK(std::abs(number_of(value_in(master, "lufs_momentary")).value_or(0) + 12.04) < 0.2);
    CHECK(std::abs(number_of(value_in(tone, "rms_dbfs")).value_or(0) + 3.01) < 0.1);
    const Message wrong = peer.ask(line("listen tine"));
    CHECK(wrong.address == "/fail");
    CHECK(print_message(wrong).find("did you mean tone?") != std::string::npos);
}

TEST_CASE("other messages are answered while somebody listens", "[server][listen]") {
    Served daemon;
    Peer peer = daemon.begin().local(), other = daemon.udp();
    sound(peer);
    peer.send(request("ear", "listen 2"));
    peer.send(request("ear", "listen 2"));  // asked again: it is the same
    for (int i = 0; i < 20; ++i) {
        CHECK(id_of(peer.ask(request("a" + std::to_string(i), "set tone.freq " + std::to_string(500 + i)))) ==
              "a" + std::to_string(i));
        CHECK(other.ask({"/status", {}}).address == "/done");
    }
    const Message answer = peer.receive();
    CHECK(id_of(answer) == "ear");
    CHECK(value_in(answer, "seconds") == Argument(2.0f));
    CHECK(peer.ask(request("ear", "listen 2")) == answer);
    CHECK(id_of(peer.ask(request("last", "sync"))) == "last");
}

TEST_CASE("five signals at once are one too many", "[server][listen]") {
    Served daemon;
    Peer peer = daemon.begin().local();
    sound(peer);
    for (const char* text : {"create saw a", "create saw b", "create saw c"})
        REQUIRE(peer.ask(line(text)).address == "/done");
    for (const char* target : {"master", "tone", "a", "b", "c", "a"})
        peer.send(request(target, "listen " + std::string(target)));
    std::map<std::string, int> done, failed;
    for (int i = 0; i < 5; ++i) {
        const Message answer = peer.receive();
        ++(answer.address == "/done" ? done : failed)[id_of(answer)];
        if (answer.address == "/fail") CHECK(answer.arguments.at(2) == Argument(std::string("busy")));
    }
    CHECK(done == std::map<std::string, int>{{"a", 1}, {"b", 1}, {"master", 1}, {"tone", 1}});
    CHECK(failed == std::map<std::string, int>{{"c", 1}});
}

TEST_CASE("who still listens when the daemon ends is told so", "[server][listen]") {
    Served daemon;
    Peer peer = daemon.begin().local();
    peer.send(request("ear", "listen 64"));
    CHECK(id_of(peer.ask(request("sync", "sync"))) == "sync");
    daemon.end();
    CHECK(print_message(peer.receive()).find("/fail /do ear stopped") == 0);
}

TEST_CASE("a listen is refused where the audio is not running", "[server][listen]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    daemon.device().stop();
    const Message answer = peer.ask(line("listen"));
    CHECK(answer.address == "/fail");
    CHECK(answer.arguments.at(2) == Argument(std::string("stopped")));
    CHECK(peer.ask({"/status", {}}).address == "/done");
}
