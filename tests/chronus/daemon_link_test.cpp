// Against a daemon of a few lines, which answers what it is told to answer.
#include "chronus/daemon_link.h"

#include <atomic>
#include <functional>
#include <thread>

#include "catch.h"
#include "osc/codec.h"
#include "osc/wire.h"

using namespace chronus;
using namespace chronus::hand;
using namespace std::chrono_literals;

namespace {

using Reply = std::function<std::optional<Message>(const Message& request, int times_asked)>;

class SmallDaemon {
public:
    explicit SmallDaemon(Reply reply, std::uint16_t port = 0)
        : wire_(std::move(*Wire::open({port, path()}))), thread_([this, reply] { serve(reply); }) {}
    ~SmallDaemon() {
        stop_ = true;
        wire_->wake();
        thread_.join();
    }

    static std::string path() { return "/tmp/chronus-link-test-" + std::to_string(getpid()) + ".sock"; }
    std::uint16_t port() const { return wire_->port(); }
    int times_asked() const { return times_asked_; }

private:
    void serve(const Reply& reply) {
        while (!stop_) {
            wire_->wait(std::nullopt);
            wire_->receive([&](const Client& from, std::span<const std::byte> bytes) {
                const auto answer = reply(decode(bytes)->messages.front().message, ++times_asked_);
                if (!answer) return;
                std::vector<std::byte> out;
                encode(*answer, out);
                wire_->send(from, out);
            });
        }
    }

    std::unique_ptr<Wire> wire_;
    std::atomic<bool> stop_ = false;
    std::atomic<int> times_asked_ = 0;
    std::thread thread_;
};

std::optional<Message> echo(const Message& request, int) {
    std::vector<Argument> arguments{request.arguments[1], request.arguments[0]};
    arguments.insert(arguments.end(), request.arguments.begin() + 2, request.arguments.end());
    return Message{"/done", arguments};
}

}  // namespace

TEST_CASE("a question is answered over either socket") {
    const SmallDaemon daemon(echo);
    for (const hand::Place& place : {hand::Place{daemon.port(), {}}, hand::Place{{}, SmallDaemon::path()}}) {
        DaemonLink link(place, 5s);
        for (int i = 0; i < 100; ++i) {
            const Result<Answer> answer = link.ask({"/mod/a/b", {i}});
            REQUIRE(answer);
            REQUIRE(answer->done);
            REQUIRE(answer->address == "/mod/a/b");
            REQUIRE(answer->values == std::vector<Argument>{i});
        }
    }
    CHECK(daemon.times_asked() == 200);
}

TEST_CASE("a lost question is asked once more with the same id") {
    std::vector<Argument> ids;
    {
        const SmallDaemon daemon([&](const Message& request, int times) {
            ids.push_back(request.arguments[0]);
            return times == 1 ? std::nullopt : echo(request, times);
        });
        CHECK(DaemonLink({daemon.port(), {}}, 5s).ask({"/play", {}}));
    }
    REQUIRE(ids.size() == 2);
    CHECK(ids[0] == ids[1]);
}

TEST_CASE("answers to others are passed over") {
    const SmallDaemon daemon([](const Message& request, int times) {
        return times == 1 ? Message{"/done", {request.arguments[1], std::string("another")}}
                          : echo(request, times);
    });
    CHECK(DaemonLink({daemon.port(), {}}, 5s).ask({"/play", {}}));
    CHECK(daemon.times_asked() == 2);
}

TEST_CASE("whoever never answers is given up, asked twice and no more") {
    const SmallDaemon daemon([](const Message&, int) { return std::nullopt; });
    CHECK(DaemonLink({daemon.port(), {}}, 700ms).ask({"/play", {}}).refusal().code == "silent");
    CHECK(daemon.times_asked() == 2);
}

TEST_CASE("where no daemon is, the refusal says how to start one") {
    std::uint16_t free_port = SmallDaemon(echo).port();
    const Refusal by_port = DaemonLink({free_port, {}}, 100ms).ask({"/play", {}}).refusal();
    CHECK(by_port.code == "absent");
    CHECK(by_port.example == "chronusd --port " + std::to_string(free_port));
    const Refusal by_path = DaemonLink({{}, "/tmp/none.sock"}, 100ms).ask({"/play", {}}).refusal();
    CHECK(by_path.code == "absent");
    CHECK(by_path.example == "chronusd --socket /tmp/none.sock");
}

TEST_CASE("a daemon that starts in time is found, and found again after it was restarted") {
    auto daemon = std::make_unique<SmallDaemon>(echo);
    const std::uint16_t port = daemon->port();
    for (const hand::Place& place : {hand::Place{port, {}}, hand::Place{{}, SmallDaemon::path()}}) {
        DaemonLink link(place, 10s);
        CHECK(link.ask({"/play", {}}));
        daemon.reset();
        std::thread later([&] {
            std::this_thread::sleep_for(120ms);
            daemon = std::make_unique<SmallDaemon>(echo, port);
        });
        CHECK(link.ask({"/play", {}}));
        later.join();
    }
}

TEST_CASE("what no datagram can carry is refused before it is sent") {
    DaemonLink link({5005, {}}, 1s);
    CHECK(link.ask({"/do", {std::string(70'000, 'x')}}).refusal().code == "wire");
}
