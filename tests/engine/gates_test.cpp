// Gates and notes, to the frame.
#include "catch.h"
#include "engine/stand.h"

using namespace stand;
using namespace probes;

namespace {

Rack one_echo(int lanes = 1) {
    Rack rack;
    rack.add(echo_type(), lanes);
    for (int lane = 0; lane < lanes; ++lane) {
        rack.left(static_cast<std::size_t>(lane), echo::held);
        rack.right(static_cast<std::size_t>(lane), echo::onset);
    }
    return rack;
}

std::size_t count_above_zero(const Samples& samples) {
    std::size_t count = 0;
    for (const float s : samples) count += s > 0;
    return count;
}

}  // namespace

TEST_CASE("a gate opens and closes at its exact frames", "[gates]") {
    for (const std::int64_t at : {0, 1, 63, 64, 100, 127}) {
        Stand stand(one_echo());
        const std::int64_t begin = stand.origin + 640 + at;
        stand.gate(0, 0.75f, begin);
        stand.gate(0, 0, begin + 200);
        stand.run(2048);
        for (std::int64_t f = stand.origin; f < stand.origin + 1900; ++f) {
            INFO("at " << at << " frame " << f - stand.origin);
            REQUIRE(stand.left_at(f) == (f >= begin && f < begin + 200 ? 0.75f : 0.0f));
        }
        REQUIRE(count_above_zero(stand.right) == 1);
        CHECK(stand.right.at(static_cast<std::size_t>(begin - stand.origin)) == 0.5f);
    }
}

TEST_CASE("a gate again while held begins again", "[gates]") {
    Stand stand(one_echo());
    const std::int64_t first = stand.origin + 70, second = stand.origin + 100, third = stand.origin + 500;
    stand.gate(0, 0.5f, first);
    stand.gate(0, 0.5f, second);
    stand.gate(0, 0.25f, third);
    stand.run(1024);
    CHECK(count_above_zero(stand.right) == 3);
    for (const std::int64_t f : {first, second, third})
        CHECK(stand.right.at(static_cast<std::size_t>(f - stand.origin)) == 0.5f);
    CHECK(stand.left_at(second - 1) == 0.5f);
    CHECK(stand.left_at(third) == 0.25f);
    CHECK(stand.left.back() == 0.25f);
}

TEST_CASE("a gate that comes late opens at the next block", "[gates]") {
    Stand stand(one_echo());
    stand.run(640);
    const std::int64_t next = stand.engine.frame();
    stand.gate(0, 1, next - 300);
    stand.run(640);
    CHECK(stand.left_at(next - 1) == 0);
    CHECK(stand.left_at(next) == 1);
}

TEST_CASE("gates and sets in any order of arrival take effect in the order of their frames", "[gates]") {
    // Some of them wait for a block to come, others reach the engine in their own block.
    Rack rack;
    rack.add(echo_type());
    rack.left(0, echo::held);
    rack.right(0, echo::level_out);
    Stand stand(rack);
    const std::int64_t block = stand.origin + 640;
    stand.gate(0, 0.75f, block + 40);
    stand.gate(0, 0.25f, block + 10);
    stand.set(0, echo::level, 1, block + 45);
    stand.run(640);
    stand.gate(0, 0.5f, block + 20);
    stand.gate(0, 0, block + 60);
    stand.set(0, echo::level, 2, block + 50);
    stand.run(2048);
    CHECK(stand.left_at(block + 9) == 0);
    CHECK(stand.left_at(block + 10) == 0.25f);
    CHECK(stand.left_at(block + 20) == 0.5f);
    CHECK(stand.left_at(block + 40) == 0.75f);
    CHECK(stand.left_at(block + 60) == 0);
    CHECK(stand.right.back() == 2);
}

TEST_CASE("the notes of a polyphonic module go to lanes of their own", "[gates]") {
    Stand stand(one_echo(2));
    stand.gate(0, 0.5f);
    stand.run(128);
    stand.gate(0, 0.25f);
    stand.run(128);
    CHECK(stand.left.back() == 0.75f);
    stand.gate(0, 0);
    stand.run(256);
    CHECK(stand.left.back() == 0);
}

TEST_CASE("what a note sets belongs to its lane, at its frame", "[gates]") {
    Rack rack;
    rack.add(echo_type(), 2);
    rack.left(0, echo::level_out);
    rack.right(1, echo::level_out);
    Stand stand(rack);
    const auto note = [&](float value, std::int64_t frame) {
        stand.send({.kind = EventKind::note, .port = echo::gate, .generation = 1, .value = 1, .frame = frame});
        stand.send({.kind = EventKind::note_set, .port = echo::level, .generation = 1, .value = value, .frame = frame});
    };
    note(3, stand.origin + 70);
    note(5, stand.origin + 75);
    stand.run(512);
    CHECK(stand.left_at(stand.origin + 69) == 0);
    CHECK(stand.left_at(stand.origin + 70) == 3);
    CHECK(stand.left.back() == 3);
    CHECK(stand.right.at(74) == 0);
    CHECK(stand.right.at(75) == 5);
}

TEST_CASE("what a note sets never reaches another module's lanes", "[gates]") {
    Rack rack;
    rack.add(echo_type(), 4);
    rack.add(echo_type());
    rack.add(echo_type());
    rack.left(4, echo::level_out);
    rack.right(5, echo::level_out);
    Stand stand(rack);
    // The first module's fourth lane is the last to be given a note.
    for (int n = 0; n < 4; ++n)
        stand.send({.kind = EventKind::note, .port = echo::gate, .module = 0, .generation = 1, .value = 1});
    stand.send({.kind = EventKind::note_set, .port = echo::level, .module = 1, .generation = 1, .value = 7});
    stand.run(512);
    CHECK(stand.left.back() == 7);
    CHECK(stand.right.back() == 0);
}

TEST_CASE("a plain signal opens a gate where it crosses zero, with its cable's gain", "[gates]") {
    Rack rack;
    rack.add(echo_type());
    rack.add(echo_type());
    rack.cable(0, echo::held, 1, echo::gate);
    rack.left(1, echo::held);
    rack.right(1, echo::onset);
    Stand stand(rack);
    stand.gate(0, 0.5f, stand.origin + 100);
    stand.gate(0, 0, stand.origin + 150);
    stand.gate(0, 0.5f, stand.origin + 200);
    stand.run(512);
    CHECK(stand.left_at(stand.origin + 99) == 0);
    CHECK(stand.left_at(stand.origin + 100) == 1);
    CHECK(stand.left_at(stand.origin + 150) == 0);
    CHECK(count_above_zero(stand.right) == 2);
    CHECK(stand.right.at(100) > 0);
    CHECK(stand.right.at(200) > 0);
}
