// Many messages, one answer.
#include "osc/served.h"
#include "osc/timetag.h"

using namespace chronus;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
Message set(float value) { return {"/mod/voice1/amp", {value}}; }

}  // namespace

TEST_CASE("after /quiet sets are counted, and off answers the counts", "[server][quiet]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    CHECK(peer.hear({"/quiet", {}}) == "/done /quiet \"\" true");
    for (int i = 0; i < 100; ++i) peer.send(set(0.001f * static_cast<float>(i)));
    peer.send(set(7));
    peer.send({"/mod/vioce1/amp", {0.5f}});
    peer.send({"/gate/voice1", {0}});
    const std::string counts = peer.hear({"/quiet", {std::string("off")}});
    CHECK(has(counts, "taken 102 clamped 1 refused 1"));
    CHECK(has(counts, "/mod/vioce1/amp: there is no module vioce1"));
    CHECK(has(counts, " at "));
    CHECK(has(peer.hear(set(0.25f)), "0.25"));
    CHECK(has(peer.hear({"/quiet", {std::string("off")}}), "taken 0"));
}

TEST_CASE("a quiet client still hears what it asks and what changes the rack", "[server][quiet]") {
    Served daemon;
    Peer peer = daemon.begin().udp(), other = daemon.udp();
    peer.ask({"/quiet", {}});
    peer.send(set(0.125f));
    CHECK(has(peer.hear({"/mod/voice1/amp", {}}), "0.125"));
    CHECK(has(peer.hear({"/create", {std::string("kick"), std::string("k")}}), "k kick at"));
    CHECK(has(peer.hear({"/nothing", {}}), "/fail"));
    const std::string sync = peer.hear({"/sync", {}});
    CHECK(has(sync, "taken 1 clamped 0 refused 0"));
    CHECK(has(other.hear(set(0.5f)), "/done /mod/voice1/amp"));
}

TEST_CASE("a bundle that begins with /quiet is answered once", "[server][quiet]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    std::vector<Message> bundle{{"/quiet", {}}};
    for (int i = 0; i < 20; ++i) bundle.push_back(set(0.01f * static_cast<float>(i)));
    peer.send(kImmediately, bundle);
    const std::string counts = print_message(peer.receive());
    CHECK(has(counts, "/done /quiet \"\" taken 20 clamped 0 refused 0 at "));
    CHECK(has(peer.hear({"/mod/voice1/amp", {}}), "0.19"));  // the bundle alone was quiet
    peer.send(kImmediately, {{"/quiet", {}}});
    CHECK(has(print_message(peer.receive()), "taken 0"));
}

TEST_CASE("a quiet bundle for later is answered when all of it has had its effect", "[server][quiet]") {
    Served daemon;
    Peer peer = daemon.begin().udp();
    peer.send(ntp_from_unix(unix_now() + 100'000'000), {{"/quiet", {}}, set(0.5f), set(0.75f), {"/mod/voice1/nothing", {1}}});
    const Message counts = peer.receive();
    CHECK(has(print_message(counts), "taken 2 clamped 0 refused 1"));
    CHECK(has(peer.hear({"/mod/voice1/amp", {}}), "0.75"));
}
