#include "osc/wire.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cstring>
#include <thread>

#include "catch.h"

using namespace chronus;
using namespace std::chrono_literals;

namespace {

std::string fresh_path(const char* name) {
    return "/tmp/chronus-wire-test-" + std::to_string(getpid()) + "-" + name + ".sock";
}

std::unique_ptr<Wire> open_wire(const char* name) {
    Result<std::unique_ptr<Wire>> wire = Wire::open({0, fresh_path(name)});
    REQUIRE(wire);
    return std::move(*wire);
}

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

// A peer of the wire over either of its sockets.
struct Peer {
    Descriptor socket;

    static Peer udp(const Wire& wire) {
        Peer peer{Descriptor(::socket(AF_INET, SOCK_DGRAM, 0))};
        const Client to = Client::udp(wire.port());
        REQUIRE(connect(peer.socket.get(), reinterpret_cast<const sockaddr*>(&to.address), to.length) == 0);
        return peer;
    }
    static Peer local(const Wire& wire, bool named) {
        Peer peer{Descriptor(::socket(AF_UNIX, SOCK_DGRAM, 0))};
        const sa_family_t family = AF_UNIX;  // binding to nothing but the family takes any free abstract name
        if (named)
            REQUIRE(bind(peer.socket.get(), reinterpret_cast<const sockaddr*>(&family), sizeof family) == 0);
        const sockaddr_un to = address_of(wire.socket_path());
        REQUIRE(connect(peer.socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
        return peer;
    }

    void send(const std::string& text) const {
        REQUIRE(::send(socket.get(), text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
    }
    std::string receive() const {
        pollfd readable{socket.get(), POLLIN, 0};
        if (poll(&readable, 1, 1'000) != 1) return "nothing";
        char text[256];
        const ssize_t size = recv(socket.get(), text, sizeof text, 0);
        return {text, static_cast<std::size_t>(size)};
    }
};

std::string text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::vector<std::pair<Client, std::string>> take(Wire& wire) {
    std::vector<std::pair<Client, std::string>> all;
    while (wire.wait(50ms))
        wire.receive([&](const Client& from, std::span<const std::byte> bytes) {
            all.emplace_back(from, text_of(bytes));
        });
    return all;
}

}  // namespace

TEST_CASE("what comes by UDP or by the UNIX socket is answered to where it came from") {
    const auto wire = open_wire("both");
    const Peer udp = Peer::udp(*wire), local = Peer::local(*wire, true), second = Peer::local(*wire, true);
    udp.send("by udp");
    local.send("by unix");
    second.send("by unix too");
    const auto came = take(*wire);
    REQUIRE(came.size() == 3);
    for (const auto& [from, text] : came) {
        CHECK(from.answerable());
        CHECK(from.name().find(text == "by udp" ? "127.0.0.1:" : "unix:@") == 0);
        const std::string answer = "heard " + text;
        CHECK(wire->send(from, std::as_bytes(std::span(answer))));
    }
    CHECK(udp.receive() == "heard by udp");
    CHECK(local.receive() == "heard by unix");
    CHECK(second.receive() == "heard by unix too");
    CHECK(wire->received() == 3);
    CHECK(wire->unsent() == 0);
}

TEST_CASE("a sender without a name is heard, can't be answered, and is taken for no one else") {
    const auto wire = open_wire("unnamed");
    const Peer named = Peer::local(*wire, true), unnamed = Peer::local(*wire, false);
    named.send("a");
    CHECK(take(*wire).front().first.answerable());
    unnamed.send("b");
    const auto came = take(*wire);
    REQUIRE(came.size() == 1);
    CHECK(came.front().first.name() == "unix:unnamed");
    CHECK_FALSE(came.front().first.answerable());
    CHECK_FALSE(wire->send(came.front().first, std::as_bytes(std::span("x"))));
    CHECK(wire->unsent() == 1);
}

TEST_CASE("a batch is at most 64 datagrams of each socket, and their order is kept") {
    const auto wire = open_wire("batch");
    const Peer udp = Peer::udp(*wire);
    for (int i = 0; i < 200; ++i) udp.send(std::to_string(i));
    int next = 0;
    std::vector<std::size_t> batches;
    while (wire->wait(50ms))
        batches.push_back(wire->receive([&](const Client&, std::span<const std::byte> bytes) {
            CHECK(text_of(bytes) == std::to_string(next++));
        }));
    CHECK(batches == std::vector<std::size_t>{64, 64, 64, 8});
    CHECK(wire->receive([](const Client&, std::span<const std::byte>) { FAIL("there is none"); }) == 0);
}

TEST_CASE("what is longer than a buffer is cut to exactly the buffer, whose size is refused later") {
    const auto wire = open_wire("long");
    Peer::local(*wire, true).send(std::string(100'000, 'x'));
    const auto came = take(*wire);
    REQUIRE(came.size() == 1);
    CHECK(came.front().second.size() == Receiver::kBufferSize);
}

TEST_CASE("waiting ends when the time is up, when something comes and when it is woken") {
    const auto wire = open_wire("wait");
    const auto start = std::chrono::steady_clock::now();
    CHECK_FALSE(wire->wait(2ms));
    CHECK(std::chrono::steady_clock::now() - start >= 2ms);
    CHECK_FALSE(wire->wait(-5ms));

    wire->wake();
    CHECK_FALSE(wire->wait(std::nullopt));
    const Peer udp = Peer::udp(*wire);
    std::thread other([&] {
        std::this_thread::sleep_for(10ms);
        send(udp.socket.get(), "now", 3, 0);
    });
    CHECK(wire->wait(std::nullopt));
    other.join();
}

TEST_CASE("a port in use is refused with who holds it and another one to take") {
    const auto wire = open_wire("first");
    const auto second = Wire::open({wire->port(), fresh_path("second")});
    REQUIRE_FALSE(second);
    CHECK(second.refusal().code == "port");
    CHECK(second.refusal().reason.find("(process " + std::to_string(getpid()) + ")") != std::string::npos);
    CHECK(second.refusal().example == "chronusd --port " + std::to_string(wire->port() + 1));
    CHECK(access(fresh_path("second").c_str(), F_OK) != 0);
}

TEST_CASE("a living daemon's socket and other files are left alone, a dead daemon's socket is replaced") {
    const std::string path = fresh_path("stale");
    {
        const auto living = open_wire("stale");
        CHECK(Wire::open({0, path}).refusal().code == "port");
        Peer::local(*living, true).send("still there");
        CHECK(take(*living).size() == 1);
    }
    CHECK(access(path.c_str(), F_OK) != 0);  // gone with the wire

    const sockaddr_un address = address_of(path);
    {
        const Descriptor dead(socket(AF_UNIX, SOCK_DGRAM, 0));
        REQUIRE(bind(dead.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    }
    CHECK(Wire::open({0, path}));

    const Descriptor file(open(path.c_str(), O_CREAT | O_WRONLY, 0600));
    CHECK(Wire::open({0, path}).refusal().code == "port");
    CHECK(access(path.c_str(), F_OK) == 0);
    unlink(path.c_str());
    CHECK(Wire::open({0, "/tmp/" + std::string(200, 'x')}).refusal().code == "port");
    CHECK(Wire::open({0, "/no-such-folder/chronus.sock"}).refusal().code == "port");
}

TEST_CASE("only the owner may write to the socket") {
    const auto wire = open_wire("mode");
    struct stat found {};
    REQUIRE(stat(wire->socket_path().c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
}

TEST_CASE("a UNIX sender is held back rather than losing anything") {
    const auto wire = open_wire("pressure");
    const Peer local = Peer::local(*wire, true);
    constexpr int kCount = 20'000;
    std::thread sender([&] {
        for (int i = 0; i < kCount; ++i) send(local.socket.get(), &i, sizeof i, 0);
    });
    int next = 0;
    while (next < kCount && wire->wait(1s))
        wire->receive([&](const Client&, std::span<const std::byte> bytes) {
            int value = -1;
            std::memcpy(&value, bytes.data(), sizeof value);
            next = value == next ? next + 1 : kCount + 1;
        });
    sender.join();
    CHECK(next == kCount);
}

TEST_CASE("UDP datagrams that the kernel had no room for are counted") {
    const auto wire = open_wire("drops");
    REQUIRE(wire->receive_buffer() > 0);
    const Peer udp = Peer::udp(*wire);
    const std::string large(60'000, 'x');
    const std::size_t count = static_cast<std::size_t>(wire->receive_buffer()) / large.size() + 100;
    for (std::size_t i = 0; i < count; ++i) udp.send(large);
    CHECK(wire->dropped() > 0);
    CHECK(take(*wire).size() + wire->dropped() == count);
}
