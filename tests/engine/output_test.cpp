// The way out: device blocks of any size, the limiter, panic and the end.
#include <cmath>

#include "catch.h"
#include "engine/stand.h"

using namespace stand;
using namespace probes;

namespace {

Rack standing(float level) {
    Rack rack;
    const std::uint32_t echo = rack.add(echo_type());
    rack.module(echo).parameters[echo::level].glide.jump(level);
    rack.left(echo, echo::level_out);
    rack.right(echo, echo::held);
    return rack;
}

double second_difference(const Samples& x) {
    double most = 0;
    for (std::size_t i = 2; i < x.size(); ++i)
        most = std::max(most, std::abs(double(x[i]) - 2 * double(x[i - 1]) + double(x[i - 2])));
    return most;
}

}  // namespace

TEST_CASE("the samples do not depend on the device's block", "[output]") {
    const auto render = [](std::uint32_t size) {
        Mailbox mail;
        auto engine = std::make_unique<Engine>(mail, kRate);
        Rack rack = standing(0.1f);
        mail.send({.kind = EventKind::plan, .pointer = rack.plan().release()});
        constexpr std::uint32_t kTogether = 25600;  // a multiple of all the sizes
        Samples stereo(2 * 4 * kTogether);
        for (std::uint32_t at = 0; at < 4 * kTogether; at += size) {
            if (at % kTogether == 0) {  // for now, and for frames within the time until then
                Event set{.kind = EventKind::set, .port = echo::level, .generation = 1};
                set.value = static_cast<float>(at % 7) / 9;
                mail.send(set);
                set.value = 0.5f;
                set.frame = at + 7777;
                mail.send(set);
                for (std::int64_t f = 33; f < kTogether; f += 1111)
                    mail.send({.kind = EventKind::gate, .generation = 1, .value = float(f % 3) / 3, .frame = at + f});
            }
            engine->render(stereo.data() + 2 * at, size);
        }
        engine.reset();
        Report report;
        while (mail.receive(report)) {}
        return stereo;
    };
    const Samples whole = render(64);
    for (const std::uint32_t size : {1u, 32u, 100u, 256u, 1024u}) {
        INFO("frames " << size);
        CHECK(same_bits(whole, render(size)));
    }
}

TEST_CASE("mail is taken only at the boundaries of blocks, whatever the device asks for", "[output]") {
    for (const std::uint32_t size : {1u, 32u, 100u, 1024u}) {
        Mailbox mail;
        Engine engine(mail, kRate);
        Samples stereo(2 * size);
        for (int call = 0; call < 200; ++call) {
            mail.send({.kind = EventKind::play});
            const std::int64_t before = engine.frame();
            engine.render(stereo.data(), size);
            Report report;
            while (mail.receive(report)) {
                REQUIRE(report.frame % CHRONUS_BLOCK == 0);
                REQUIRE(report.frame >= before);
            }
        }
        CHECK(mail.telemetry.read().taken + CHRONUS_BLOCK >= mail.sent());
    }
}

TEST_CASE("the limiter hands on what is below its ceiling, delayed and bit for bit", "[output]") {
    Rack rack;
    rack.add(counter_type());  // a ramp up to 1 in 65536 frames
    rack.left(0, 0);
    Stand off(rack), on;
    on.send({.kind = EventKind::limiter, .value = 1});
    Rack again;
    again.add(counter_type());
    again.left(0, 0);
    on.play(again);
    off.run(50000);  // up to -2.35 dB
    on.run(50000);
    CHECK(same_bits(off.left, on.left));
    CHECK(off.left.back() > 0.7f);
    for (std::size_t i = 0; i < off.left.size(); ++i) REQUIRE(off.left[i] == static_cast<float>(i) * counter::kUnit);
}

TEST_CASE("nothing leaves above the ceiling while the limiter is on", "[output]") {
    Stand stand(standing(3));
    stand.send({.kind = EventKind::limiter, .value = 1});
    stand.run(kRate);
    for (std::size_t i = 6400; i < stand.left.size(); ++i) REQUIRE(std::abs(stand.left[i]) < 0.8913f);
    CHECK(stand.left.back() > 0.8f);
    CHECK(stand.telemetry().peak_left == Approx(stand.left.back()));
}

TEST_CASE("panic fades to silence, lets go of all gates and empties the loops", "[output]") {
    Rack rack = standing(0);
    rack.cable(0, echo::held, 0, echo::in, 0);
    rack.add(echo_type());
    // The second echo feeds itself for ever.
    rack.cable(0, echo::held, 1, echo::in);
    rack.cable(1, echo::through, 1, echo::in);
    rack.graph.edges.back().delayed = true;
    rack.graph.edges.erase(rack.graph.edges.begin() + 2);
    rack.left(1, echo::through);
    Stand stand(rack);
    stand.send({.kind = EventKind::play});
    stand.gate(0, 0.5f, stand.origin + 64);
    stand.gate(0, 0, stand.origin + 128);
    stand.run(640);
    stand.gate(0, 0.25f);
    stand.run(63);
    CHECK(stand.left.back() > 0);
    stand.send({.kind = EventKind::panic});
    const std::size_t before = stand.left.size();
    stand.run(kRate / 10);
    CHECK(stand.left.back() == 0);
    CHECK(stand.right.back() == 0);
    for (std::size_t i = before + 640; i < stand.left.size(); ++i) REQUIRE(stand.left[i] == 0);
    CHECK_FALSE(stand.telemetry().timeline.running);
    // And it can be played again.
    stand.gate(0, 0.5f);
    stand.run(1280);
    CHECK(stand.right.back() == 0.5f);
}

TEST_CASE("after a panic all lanes are free", "[output]") {
    Rack rack;
    rack.add(echo_type(), 3);
    Stand stand(rack);
    for (int n = 0; n < 2; ++n) stand.gate(0, 1);
    stand.run(64);
    stand.send({.kind = EventKind::panic});
    stand.run(kRate / 10);
    for (const Voices::Lane& lane : rack.graph.addresses[0].voices->lanes) CHECK_FALSE(lane.held);
}

TEST_CASE("the end is a fade to zero within its 20 ms, without a step", "[output]") {
    Stand stand(standing(0.8f));
    stand.run(1280);
    stand.send({.kind = EventKind::fade_out, .value = 0.02f});
    const std::size_t before = stand.left.size() + 64;  // the limiter's latency
    stand.run(kRate / 10);
    constexpr std::size_t kFrames = kRate / 50;
    CHECK(stand.left.at(before + kFrames) == 0);
    CHECK(stand.left.at(before + kFrames - 100) > 0);
    for (std::size_t i = before + kFrames; i < stand.left.size(); ++i) REQUIRE(stand.left[i] == 0);
    CHECK(second_difference(stand.left) < 0.8 * 10 / std::sqrt(3.0) / (960.0 * 960.0) + 1e-6);
    CHECK(stand.count(ReportKind::faded_out) == 1);
}

TEST_CASE("a panic just before the end does not bring the sound back", "[output]") {
    Stand stand(standing(0.8f));
    stand.run(1280);
    stand.send({.kind = EventKind::panic});
    stand.run(64);
    stand.send({.kind = EventKind::fade_out, .value = 0.02f});
    stand.run(kRate / 5);
    CHECK(stand.left.back() == 0);
    CHECK(stand.count(ReportKind::faded_out) == 1);
}
