// What the engine does with its mail: when, in which order, and that nothing is lost.
#include <chrono>

#include "audio/null_device.h"
#include "catch.h"
#include "engine/stand.h"

using namespace stand;
using namespace probes;

namespace {

Rack one_level() {
    Rack rack;
    rack.add(echo_type());
    rack.left(0, echo::level_out);
    rack.right(0, echo::held);
    return rack;
}

}  // namespace

TEST_CASE("a parameter begins to move at the first boundary of the block that holds its time", "[mail]") {
    for (const std::int64_t within : {0, 1, 63}) {
        Stand stand(one_level());
        stand.set(0, echo::level, 1, stand.origin + 640 + within);
        stand.run(2048);
        CHECK(stand.left_at(stand.origin + 639) == 0);
        CHECK(stand.left_at(stand.origin + 640) > 0);
        CHECK(stand.left_at(stand.origin + 640 + kFade - 1) == Approx(1).epsilon(1e-6));
        CHECK(stand.left_at(stand.origin + 640 + kFade) == 1);
    }
}

TEST_CASE("a plan takes effect at the first boundary of the block that holds its time", "[mail]") {
    Stand stand;
    Rack rack = one_level();
    rack.module(0).parameters[echo::level].glide.jump(1);
    stand.play(rack, stand.origin + 650);
    stand.run(1280);
    CHECK(stand.left_at(stand.origin + 639) == 0);
    CHECK(stand.left_at(stand.origin + 640) == 1);
}

TEST_CASE("what is sent for now follows what was sent before it for the same boundary", "[mail]") {
    Stand stand(one_level());
    stand.run(640);
    const std::int64_t next = stand.engine.frame();
    stand.set(0, echo::level, 1, next);
    stand.set(0, echo::level, 2);
    stand.run(640);
    CHECK(stand.left.back() == 2);
    stand.set(0, echo::level, 3);
    stand.set(0, echo::level, 4, stand.engine.frame());
    stand.run(640);
    CHECK(stand.left.back() == 4);
    stand.set(0, echo::level, 5, stand.engine.frame() + 64);
    stand.run(64);
    stand.set(0, echo::level, 6);
    stand.run(640);
    CHECK(stand.left.back() == 6);
}

TEST_CASE("the taken number is published with the block that took it", "[mail]") {
    Stand stand(one_level());
    stand.run(64);
    const std::uint64_t before = stand.telemetry().taken;
    CHECK(before == stand.mail.sent());
    for (int i = 0; i < 5; ++i) stand.set(0, echo::level, 1);
    stand.set(0, echo::level, 1, stand.engine.frame() + 1000);
    CHECK(stand.telemetry().taken == before);
    stand.run(64);
    CHECK(stand.telemetry().taken == before + 6);
    CHECK(stand.telemetry().applied == before + 5);
    CHECK(stand.telemetry().waiting == 1);
    CHECK(stand.telemetry().frame == stand.engine.frame());
    stand.run(1088);
    CHECK(stand.telemetry().applied == before + 6);
    CHECK(stand.telemetry().waiting == 0);
}

TEST_CASE("events for a module that is gone are counted stale", "[mail]") {
    Stand stand(one_level());
    stand.run(64);
    stand.set(7, echo::level, 1);                                                             // never there
    stand.send({.kind = EventKind::gate, .module = 0, .generation = 2, .value = 1});           // another generation
    stand.send({.kind = EventKind::set, .port = 99, .module = 0, .generation = 1, .value = 1});  // no such port
    stand.gate(0, 1, stand.engine.frame() + 1000);
    stand.play(Rack{}, stand.engine.frame() + 500);
    stand.run(2048);
    CHECK(stand.telemetry().stale == 3);
    CHECK(stand.count(ReportKind::stale) == 3);
    CHECK(stand.count(ReportKind::plan_retired) == 1);
    CHECK(stand.telemetry().applied == stand.mail.sent());
}

TEST_CASE("more timed events than the engine can keep: none is lost, all are applied by frame", "[mail]") {
    // Each block's event sets a value of its own: the level steps through all of them, in order.
    constexpr int kCount = 10000;
    static_assert(kCount > Pending::kMost);
    const auto value = [](int n) { return static_cast<float>(n % 777 + 1); };
    Rack rack = one_level();
    rack.module(0).parameters[echo::level].glide.length = 0;
    Stand stand(rack);
    const std::int64_t first = stand.origin + 6400;
    for (int n = 0; n < kCount; ++n) stand.set(0, echo::level, value(n), first + n * CHRONUS_BLOCK);
    stand.run(6400 + (kCount + 2) * CHRONUS_BLOCK);
    int wrong = 0;
    for (int n = 0; n < kCount; ++n) wrong += stand.left_at(first + n * CHRONUS_BLOCK) != value(n);
    CHECK(wrong == 0);
    CHECK(stand.telemetry().applied == stand.mail.sent());
}

TEST_CASE("more gates in one block than the engine can play: the rest comes in the next blocks", "[mail]") {
    Stand stand(one_level());
    stand.run(64);
    for (int n = 0; n < 2 * BlockEvents::kMost; ++n) stand.gate(0, n % 2 == 0 ? 1.0f : 0.5f);
    stand.gate(0, 0.25f);
    stand.run(640);
    CHECK(stand.telemetry().applied == stand.mail.sent());
    CHECK(stand.right.back() == 0.25f);
}

TEST_CASE("a studio that does not read its reports loses none of them", "[mail]") {
    const auto mail = std::make_unique<Mailbox>();
    Engine engine(*mail, kRate);
    constexpr std::uint32_t kCount = 3 * Mailbox::kUp;
    float out[2][CHRONUS_BLOCK];
    for (std::uint32_t n = 0; n < kCount; ++n) REQUIRE(mail->send({.kind = EventKind::gate, .module = n, .value = 1}));
    for (int i = 0; i < 100; ++i) engine.block(out[0], out[1]);
    CHECK(mail->telemetry.read().taken < kCount);  // it waits, in sight of the sender
    std::uint32_t stale = 0, wrong = 0;
    for (int i = 0; i < 100; ++i) {
        Report report;
        while (mail->receive(report))
            if (report.kind == ReportKind::stale) wrong += report.module != stale++;
        engine.block(out[0], out[1]);
    }
    CHECK(stale == kCount);
    CHECK(wrong == 0);
}

namespace {

void thousand_messages_a_second(int seconds) {
    const auto mail = std::make_unique<Mailbox>();
    const auto engine = std::make_unique<Engine>(*mail, kRate);
    auto device = NullDevice::open({.name = "null", .rate = kRate, .frames = 256});
    REQUIRE(device);
    Rack rack = one_level();
    mail->send({.kind = EventKind::plan, .pointer = rack.plan().release()});
    REQUIRE((*device)->start({engine.get(), [](void* engine, float* stereo, std::uint32_t frames) noexcept {
                                  static_cast<Engine*>(engine)->render(stereo, frames);
                              }}));
    const auto start = std::chrono::steady_clock::now();
    const int count = 1000 * seconds;
    for (int n = 0; n < count; ++n) {
        std::this_thread::sleep_until(start + std::chrono::milliseconds(n));
        Event event{.kind = EventKind::set, .port = echo::level, .generation = 1, .value = static_cast<float>(n % 100)};
        if (n % 2 == 1) {
            event.kind = EventKind::gate;
            event.port = echo::gate;
        }
        REQUIRE(mail->send(event));
    }
    Report report;
    std::uint64_t taken = 0, other = 0;
    while (taken < mail->sent() && std::chrono::steady_clock::now() < start + std::chrono::seconds(seconds + 10)) {
        while (mail->receive(report)) {
            if (report.kind == ReportKind::taken) {
                other += report.number <= taken;
                taken = report.number;
            } else {
                ++other;
            }
        }
        std::this_thread::yield();
    }
    (*device)->stop();
    const Telemetry& telemetry = mail->telemetry.read();
    CHECK(taken == static_cast<std::uint64_t>(count) + 1);
    CHECK(telemetry.applied == taken);
    CHECK(telemetry.stale == 0);
    CHECK(other == 0);
}

}  // namespace

TEST_CASE("a thousand messages a second on a playing device: none is lost", "[mail]") { thousand_messages_a_second(2); }
TEST_CASE("a thousand messages a second for ten seconds: none is lost", "[.slow]") { thousand_messages_a_second(10); }
