#include "engine/pending.h"

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "catch.h"

using namespace chronus;

TEST_CASE("pending events come by frame, those of one frame as they arrived", "[pending]") {
    std::mt19937 chance(1);
    const auto pending = std::make_unique<Pending>();
    std::vector<Event> sent;
    for (std::uint32_t n = 0; n < 5000; ++n) {
        const Event event{.kind = EventKind::set, .module = n, .frame = static_cast<std::int64_t>(chance() % 700)};
        sent.push_back(event);
        pending->add(event);
    }
    std::stable_sort(sent.begin(), sent.end(), [](const Event& a, const Event& b) { return a.frame < b.frame; });
    std::size_t next = 0, wrong = 0;
    Event event;
    for (std::int64_t end = 0; end <= 700; end += 64) {
        while (pending->take(end, event)) wrong += event.module != sent[next++].module || event.frame >= end;
        if (next < sent.size()) wrong += sent[next].frame < end;
    }
    while (pending->take(701, event)) wrong += event.module != sent[next++].module;
    CHECK(wrong == 0);
    CHECK(next == sent.size());
    CHECK(pending->count() == 0);
}

TEST_CASE("arrivals between takes keep the order of their frames", "[pending]") {
    const auto pending = std::make_unique<Pending>();
    const auto add = [&](std::uint32_t name, std::int64_t frame) {
        pending->add({.kind = EventKind::set, .module = name, .frame = frame});
    };
    Event event;
    add(1, 10), add(2, 30);
    REQUIRE(pending->take(20, event));
    CHECK(event.module == 1);
    CHECK_FALSE(pending->take(20, event));
    add(3, 30), add(4, 25);
    for (const std::uint32_t name : {4, 2, 3}) {
        REQUIRE(pending->take(64, event));
        CHECK(event.module == name);
    }
}

TEST_CASE("the list says when it is full", "[pending]") {
    const auto pending = std::make_unique<Pending>();
    for (int n = 0; n < Pending::kMost; ++n) {
        REQUIRE_FALSE(pending->full());
        pending->add({.kind = EventKind::set, .frame = n});
    }
    CHECK(pending->full());
    Event event;
    CHECK(pending->take(1, event));
    CHECK_FALSE(pending->full());
}
