#include "engine/block_events.h"

#include <memory>
#include <random>
#include <vector>

#include "catch.h"

using namespace chronus;

namespace {

std::vector<BlockEvent> events_of(const BlockEvents& events, const Instance& module) {
    std::vector<BlockEvent> all;
    for (std::int32_t e = module.first_event; e >= 0; e = events[e].next) all.push_back(events[e]);
    return all;
}

BlockEvent at(int frame, float name) {
    return {BlockEvent::Kind::jump, static_cast<std::uint8_t>(frame), 0, name, 0, -1};
}

}  // namespace

TEST_CASE("a module's events are in order of their frames, those of one frame as they arrived", "[block events]") {
    std::mt19937 chance(1);
    const auto events = std::make_unique<BlockEvents>();
    Instance modules[3];
    for (int n = 0; n < 3000; ++n)
        REQUIRE(events->add(modules[chance() % 3], at(static_cast<int>(chance() % 64), static_cast<float>(n))));
    std::size_t found = 0;
    for (const Instance& module : modules) {
        const std::vector<BlockEvent> all = events_of(*events, module);
        found += all.size();
        for (std::size_t i = 1; i < all.size(); ++i) {
            REQUIRE(all[i - 1].frame <= all[i].frame);
            if (all[i - 1].frame == all[i].frame) REQUIRE(all[i - 1].value < all[i].value);
        }
        CHECK((*events)[module.last_event].next == -1);
    }
    CHECK(found == 3000);
}

TEST_CASE("a full list refuses and says so, and is empty again after the block", "[block events]") {
    const auto events = std::make_unique<BlockEvents>();
    Instance module;
    for (int n = 0; n < BlockEvents::kMost; ++n) REQUIRE(events->add(module, at(5, 0)));
    CHECK(events->room() == 0);
    CHECK_FALSE(events->add(module, at(3, 0)));
    CHECK(events_of(*events, module).size() == BlockEvents::kMost);
    events->clear();
    module.first_event = module.last_event = -1;
    CHECK(events->room() == BlockEvents::kMost);
    CHECK(events->add(module, at(3, 1)));
    CHECK(events_of(*events, module).size() == 1);
}

TEST_CASE("an event wakes a module that had settled", "[block events]") {
    const auto events = std::make_unique<BlockEvents>();
    Instance module;
    Watch watch{.unsettled = 0};
    module.watch = &watch;
    events->add(module, at(0, 0));
    CHECK(watch.unsettled == Watch::kAll);
}
