// What goes wrong in one module stays there.
#include <cmath>

#include "catch.h"
#include "engine/stand.h"

using namespace stand;
using namespace probes;

namespace {

constexpr std::int64_t kMute = kRate / 4;

// A counter that may go wrong on the left, a counter and an echo beside it on the right.
struct Faulty {
    Rack rack;
    Faulty() {
        rack.add(counter_type());
        rack.add(counter_type());
        rack.add(echo_type());
        rack.left(0, 0);
        rack.right(1, 0);
        rack.right(2, echo::held);
    }
};

}  // namespace

TEST_CASE("a module that makes NaN, infinity or runs away is silent in that very block, the rest bit for bit", "[faults]") {
    const auto render = [](float fault, Samples& left, std::vector<Report>& reports) {
        Faulty faulty;
        Stand stand(faulty.rack);
        stand.run(640);
        stand.gate(2, 0.5f, stand.engine.frame() + 100);
        stand.set(0, counter::fault, fault);
        stand.run(64);
        stand.set(0, counter::fault, 0);
        stand.run(kRate / 2);
        left = stand.left;
        reports = stand.reports;
        return stand.right;
    };
    Samples sound, left;
    std::vector<Report> reports;
    const Samples beside = render(0, sound, reports);
    CHECK(reports.empty());
    for (const float fault : {counter::kNan, counter::kInfinity, counter::kRunaway}) {
        CHECK(same_bits(beside, render(fault, left, reports)));
        REQUIRE(reports.size() == 1);
        CHECK(reports[0].kind == ReportKind::fault);
        CHECK(reports[0].module == 0);
        for (std::size_t i = 0; i < 640; ++i) REQUIRE(left[i] == sound[i]);
        // Muted for a quarter of a second from its block's start, then it plays on from where its reset took it,
        // over one block from nothing.
        std::size_t heard = 640;
        while (heard < left.size() && left[heard] == 0) ++heard;
        CHECK(heard == 640 + static_cast<std::size_t>((kMute + 63) / 64 * 64) + 1);
        CHECK(left[heard] == Approx(static_cast<float>(heard - 704) * counter::kUnit / 64));
        CHECK(left[heard + 63] == static_cast<float>(heard + 63 - 704) * counter::kUnit);
    }
}

TEST_CASE("a module that stays wrong is reported once each time it is let back", "[faults]") {
    Faulty faulty;
    Stand stand(faulty.rack);
    stand.set(0, counter::fault, counter::kNan);
    stand.run(2 * kRate);
    CHECK(stand.count(ReportKind::fault) == 8);
    CHECK(stand.telemetry().faults == 8);
    for (const float s : stand.left) REQUIRE(s == 0);
}

TEST_CASE("what a faulty module feeds never sees it", "[faults]") {
    Rack rack;
    rack.add(counter_type());
    rack.add(echo_type());
    rack.cable(0, 0, 1, echo::in);
    rack.cable(0, 0, 1, echo::level);
    rack.cable(0, 0, 1, echo::gate);
    rack.left(1, echo::through);
    rack.right(1, echo::level_out);
    Stand stand(rack);
    stand.run(640);
    stand.set(0, counter::fault, counter::kNan);
    stand.run(640);
    CHECK(stand.count(ReportKind::fault) == 1);
    for (const Samples& side : {stand.left, stand.right})
        for (const float s : side) REQUIRE(std::isfinite(s));
    CHECK(stand.left.back() == 0);
}

TEST_CASE("what is loud but no runaway is left alone", "[faults]") {
    Rack rack;
    rack.add(echo_type());
    rack.left(0, echo::level_out);
    Stand stand(rack);
    stand.set(0, echo::level, 1000);  // 50 times what a type may reach at the most
    stand.run(640);
    CHECK(stand.left.back() == 1000);
    stand.set(0, echo::level, 1001);
    stand.run(640);
    CHECK(stand.left.back() == 0);
    CHECK(stand.count(ReportKind::fault) == 1);
}
