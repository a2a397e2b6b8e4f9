// Cables: fades without a step, loops a block late, sums that depend on nothing else.
#include <cmath>
#include <random>

#include "catch.h"
#include "engine/stand.h"

using namespace stand;
using namespace probes;

namespace {

double bell(double t) { return t <= 0 ? 0 : t >= 1 ? 1 : t * t * t * (10 + t * (6 * t - 15)); }
// The largest second difference of a fade of a constant 1.
const double kLargestBend = 10 / std::sqrt(3.0) / (double(kFade) * kFade) + 1e-6;

double second_difference(const Samples& x, std::size_t first = 2) {
    double most = 0;
    for (std::size_t i = std::max<std::size_t>(first, 2); i < x.size(); ++i)
        most = std::max(most, std::abs(double(x[i]) - 2 * double(x[i - 1]) + double(x[i - 2])));
    return most;
}

// Echoes that stand at a level; the plan fades their cables to these gains.
struct Chord {
    Rack rack;
    std::vector<std::shared_ptr<CableInstance>> cables;

    explicit Chord(std::initializer_list<float> levels) {
        for (const float level : levels) add(level, 1);
    }
    void add(float level, float gain) {
        const std::uint32_t echo = rack.add(echo_type());
        rack.module(echo).parameters[echo::level].glide.jump(level);
        cables.push_back(rack.cable(echo, echo::level_out, kMix, 0, gain));
    }
    std::unique_ptr<Plan> fading(std::initializer_list<std::pair<std::size_t, float>> gains) const {
        auto plan = rack.plan();
        for (const auto& [cable, gain] : gains) plan->gains.push_back({cables[cable].get(), gain});
        return plan;
    }
};

}  // namespace

TEST_CASE("a cable comes and goes over 5 ms, without a step", "[cables]") {
    Chord chord({0.25f});
    chord.add(1, 0);  // a new one stands at 0
    Stand stand;
    stand.play(chord.fading({}));
    stand.run(640);
    const std::int64_t in = stand.engine.frame();
    stand.play(chord.fading({{1, 1.0f}}));
    stand.run(1280);
    const std::int64_t out = stand.engine.frame();
    stand.play(chord.fading({{1, 0.0f}}));
    stand.run(1280);
    double most = 0;
    for (std::int64_t f = stand.origin; f < out + 1000; ++f) {
        const double ideal = 0.25 + bell(double(f - in + 1) / kFade) - bell(double(f - out + 1) / kFade);
        most = std::max(most, std::abs(stand.left_at(f) - ideal));
    }
    CHECK(most < 1e-6);
    CHECK(second_difference(stand.left) < kLargestBend);
    CHECK(stand.left.back() == 0.25f);
}

TEST_CASE("a cable that is taken back while it still comes turns around without a step", "[cables]") {
    Chord chord({0.0f});
    chord.add(1, 0);
    Stand stand;
    stand.play(chord.fading({}));
    stand.run(640);
    for (int turn = 0; turn < 20; ++turn) {
        stand.play(chord.fading({{1, turn % 2 == 0 ? 1.0f : 0.0f}}));
        stand.run(CHRONUS_BLOCK * (1 + turn % 3));
    }
    stand.run(1280);
    CHECK(second_difference(stand.left) < 3 * kLargestBend);
    CHECK(stand.left.back() == 0);
}

TEST_CASE("a plan of the same rack changes no bit", "[cables]") {
    const auto render = [](bool swaps) {
        Chord chord({0.125f, 0.3f, -0.7f});
        Stand stand;
        stand.play(chord.fading({}));
        for (int block = 0; block < 50; ++block) {
            if (swaps) stand.play(chord.fading({}));
            stand.set(0, echo::level, static_cast<float>(block % 7) / 7);
            stand.run(64);
        }
        return stand.left;
    };
    CHECK(same_bits(render(false), render(true)));
}

TEST_CASE("a cable that closes a loop comes one block later", "[cables]") {
    Rack rack;
    rack.add(echo_type());
    rack.add(echo_type());
    rack.cable(0, echo::held, 1, echo::in);
    rack.cable(1, echo::through, 0, echo::in, 0.5f);
    rack.graph.edges.back().delayed = true;
    rack.left(0, echo::through);
    rack.right(1, echo::through);
    Stand stand(rack);
    // The gate is the loop's only source: it goes 0 → 1 → (a block later, halved) 0.
    const std::int64_t begin = stand.origin + 70, end = stand.origin + 90;
    stand.gate(0, 1, begin);
    stand.gate(0, 0, end);
    stand.run(640);
    for (std::int64_t f = stand.origin; f < stand.origin + 400; ++f) {
        const auto open = [&](std::int64_t at) { return at >= begin && at < end ? 1.0f : 0.0f; };
        INFO(f - stand.origin);
        REQUIRE(stand.right.at(static_cast<std::size_t>(f - stand.origin)) == open(f));
        REQUIRE(stand.left_at(f) == 0.5f * open(f - CHRONUS_BLOCK));
    }
}

TEST_CASE("a sum's bits do not depend on what else is on the rack", "[cables]") {
    // Twenty levels with no common exponent meet at one input; beside them stand other modules, before, between and
    // after, and at other depths.
    const auto sum = [](int others) {
        std::mt19937 chance(5), placing(static_cast<unsigned>(others));
        Rack rack;
        const auto add_echo = [&](float level) {
            const std::uint32_t echo = rack.add(echo_type());
            rack.module(echo).parameters[echo::level].glide.jump(level);
            return echo;
        };
        const auto bystander = [&] {
            const std::uint32_t echo = add_echo(0.777f);
            if (echo > 0 && placing() % 2) rack.cable(placing() % echo, echo::through, echo, echo::in, 0.3f);
            rack.right(echo, echo::level_out);
        };
        std::vector<std::uint32_t> sources;
        for (int s = 0; s < 20; ++s) {
            for (auto o = placing() % static_cast<unsigned>(others + 1); o > 0; --o) bystander();
            const float mantissa = static_cast<float>(chance() % 100000) / 100000.0f - 0.5f;
            sources.push_back(add_echo(std::ldexp(mantissa, static_cast<int>(chance() % 12) - 6)));
        }
        const std::uint32_t last = rack.add(echo_type());
        for (const std::uint32_t source : sources) rack.cable(source, echo::level_out, last, echo::in, 0.1f);
        rack.left(last, echo::through);
        for (int o = 0; o < others; ++o) bystander();
        Stand stand(rack);
        for (const std::uint32_t source : sources) {
            stand.set(source, echo::level, static_cast<float>(chance() % 1000) / 999.0f);
            stand.run(64);
        }
        return stand.left;
    };
    const Samples alone = sum(0);
    CHECK(alone.back() != 0);
    for (const int others : {1, 2, 5, 17}) CHECK(same_bits(alone, sum(others)));
}

TEST_CASE("a parameter that is turned leaves no step", "[parameters]") {
    Rack rack;
    rack.add(echo_type());
    rack.left(0, echo::level_out);
    Stand stand(rack);
    stand.run(640);
    std::mt19937 chance(1);
    for (int turn = 0; turn < 500; ++turn) {
        stand.set(0, echo::level, static_cast<float>(turn % 2));
        stand.run(CHRONUS_BLOCK * static_cast<std::int64_t>(1 + chance() % 8));
    }
    CHECK(second_difference(stand.left) < 3 * kLargestBend);
}

TEST_CASE("a cable into a parameter is added to it, in octaves if it says so, and held to its range", "[parameters]") {
    for (const bool octaves : {false, true}) {
        Rack rack;
        const std::uint32_t from = rack.add(echo_type()), to = rack.add(echo_type());
        rack.module(from).parameters[echo::level].glide.jump(2);
        rack.module(to).parameters[echo::level].glide.jump(3);
        rack.cable(from, echo::level_out, to, echo::level);
        rack.graph.edges.back().octaves = octaves;
        rack.left(to, echo::level_out);
        Stand stand(rack);
        stand.run(640);
        CHECK(stand.left.back() == Approx(octaves ? 12 : 5));
        stand.set(from, echo::level, -1);
        stand.run(640);
        CHECK(stand.left.back() == Approx(octaves ? 1.5 : 2));
    }
}

TEST_CASE("what a track drives returns to its base, which was set meanwhile, when the track goes", "[parameters]") {
    Rack rack;
    rack.add(echo_type());
    rack.left(0, echo::level_out);
    Stand stand(rack);
    stand.set(0, echo::level, 0.25f);
    auto* score = new TrackScore;
    score->generation = 1;
    score->gate_port = echo::gate;
    score->hits = {{0, kStep, 1, false}};
    score->drives = {{echo::level, 0.75f, 0, 0, 1}};
    stand.send({.kind = EventKind::track, .pointer = score});
    stand.run(640);
    CHECK(stand.left.back() == 0.25f);
    stand.send({.kind = EventKind::play});
    stand.run(640);
    CHECK(stand.left.back() == 0.75f);
    stand.set(0, echo::level, 0.5f);
    stand.run(640);
    CHECK(stand.left.back() == 0.75f);
    const std::size_t before = stand.left.size();
    stand.send({.kind = EventKind::track_remove, .module = 0});
    stand.run(640);
    CHECK(stand.left.back() == 0.5f);
    CHECK(second_difference(stand.left, before) < kLargestBend);
    CHECK(stand.count(ReportKind::track_retired) == 1);
}

TEST_CASE("a slide sets out at its note's frame", "[parameters]") {
    Rack rack;
    rack.add(echo_type());
    rack.left(0, echo::level_out);
    Stand stand(rack);
    auto* score = new TrackScore;
    score->generation = 1;
    score->gate_port = echo::gate;
    score->pitch_port = echo::level;
    score->has_pitch = true;
    score->hits = {{kStep / 100, kStep, 1, false}};  // 60 frames after the start
    score->notes = {{1, false, true, false}};
    stand.send({.kind = EventKind::track, .pointer = score});
    stand.send({.kind = EventKind::play});
    stand.run(1280);
    for (std::int64_t f = 0; f < 1000; ++f) {
        INFO(f);
        REQUIRE(stand.left[static_cast<std::size_t>(f)] == Approx(bell(double(f - 60 + 1) / kFade)).margin(1e-6));
    }
}
