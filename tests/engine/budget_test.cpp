// A type that takes more of a block than there is.
#include "engine/budget.h"

#include "catch.h"
#include "engine/stand.h"

using namespace chronus;
using namespace stand;
using namespace probes;

TEST_CASE("who takes more than three quarters of a block three times in a row is over budget", "[budget]") {
    Budget budget(1000);
    const auto block = [&](std::uint64_t one, std::uint64_t other, std::uint64_t all) {
        budget.spend(7, one / 2);
        budget.spend(9, other);
        budget.spend(7, one - one / 2);
        return budget.end_block(all);
    };
    CHECK_FALSE(budget.watches());
    CHECK_FALSE(block(0, 0, 900));
    CHECK(budget.watches());
    CHECK_FALSE(block(800, 100, 900));
    CHECK_FALSE(block(800, 100, 900));
    CHECK(block(800, 900, 1700) == std::nullopt);  // another: it begins anew
    CHECK_FALSE(block(800, 100, 900));
    CHECK_FALSE(block(800, 100, 900));
    CHECK(block(800, 100, 900) == 7u);
    CHECK_FALSE(block(750, 750, 1500));  // both within what is theirs
    CHECK_FALSE(block(800, 0, 700));
    CHECK_FALSE(budget.watches());
    // Where the clock is not known nobody is.
    Budget none(0);
    for (int i = 0; i < 8; ++i) {
        none.spend(1, 1'000'000);
        CHECK_FALSE(none.end_block(1'000'000));
        CHECK_FALSE(none.watches());
    }
}

namespace {

constexpr double kBlockCycles = 4e6;

// As the echo, but it takes twice the time of a block.
const chronus_module_type& slow_type() {
    static const chronus_module_type made = [] {
        chronus_module_type made = echo_type();
        made.name = "slow";
        made.process = [](const chronus_unit* units, std::uint32_t count, const chronus_clock* clock) {
            for (const std::uint64_t until = __builtin_ia32_rdtsc() + static_cast<std::uint64_t>(2 * kBlockCycles); __builtin_ia32_rdtsc() < until;) {
            }
            echo_type().process(units, count, clock);
        };
        return made;
    }();
    return made;
}

}  // namespace

TEST_CASE("a type that is over budget is suspended, and the rest plays on bit for bit", "[budget]") {
    const auto play = [](bool with_slow, Samples& left, std::vector<Report>& reports) {
        Rack rack;
        rack.add(counter_type());
        rack.add(with_slow ? slow_type() : echo_type());
        rack.graph.nodes[1].type_slot = 1;
        rack.right(0, 0);
        rack.left(1, echo::level_out);
        Mailbox mail;
        Engine engine(mail, kRate, kBlockCycles * kRate / double{CHRONUS_BLOCK});
        mail.send({.kind = EventKind::limiter, .value = 0});
        mail.send({.kind = EventKind::plan, .pointer = rack.plan().release()});
        mail.send({.kind = EventKind::set, .port = echo::level, .module = 1, .generation = 1, .value = 0.5f});
        Samples right;
        const auto run = [&](int blocks) {
            const FlushDenormals flush;
            for (int b = 0; b < blocks; ++b) {
                float out[2][CHRONUS_BLOCK];
                engine.block(out[0], out[1]);
                left.insert(left.end(), out[0], out[0] + CHRONUS_BLOCK);
                right.insert(right.end(), out[1], out[1] + CHRONUS_BLOCK);
                for (Report report; mail.receive(report);)
                    if (report.kind == ReportKind::overrun) reports.push_back(report);
            }
        };
        run(20);
        mail.send({.kind = EventKind::suspend, .module = 1, .value = 0});
        run(2);
        return right;
    };
    Samples left, left_without;
    std::vector<Report> reports, none;
    const Samples with = play(true, left, reports), without = play(false, left_without, none);
    CHECK(none.empty());
    REQUIRE_FALSE(reports.empty());
    CHECK(reports[0].module == 1);
    CHECK(same_bits(with, without));
    // The first block is measured by chance; else one more is needed to be noticed. What is let play again plays.
    CHECK(reports[0].frame == 3 * CHRONUS_BLOCK);
    for (std::size_t i = 4 * CHRONUS_BLOCK; i < 21 * CHRONUS_BLOCK; ++i) REQUIRE(left[i] == 0);
    CHECK(left.back() == 0.5f);
}
