#include "handoff/instance.h"

#include "catch.h"

using namespace chronus;

namespace {

Voices voices(std::size_t lanes) {
    Voices voices;
    voices.lanes.resize(lanes);
    return voices;
}

}  // namespace

TEST_CASE("notes go to the lane that has been free for longest", "[voices]") {
    Voices poly = voices(3);
    CHECK(poly.take(10) == 0);
    CHECK(poly.take(20) == 1);
    CHECK(poly.take(30) == 2);
    poly.release(1, 40);
    poly.release(0, 50);
    CHECK(poly.take(60) == 1);
    CHECK(poly.current == 1);
    CHECK(poly.take(70) == 0);
}

TEST_CASE("when all lanes are held, the one held for longest is taken", "[voices]") {
    Voices poly = voices(3);
    for (int note = 0; note < 3; ++note) poly.take(10 * note);
    CHECK(poly.take(40) == 0);
    CHECK(poly.take(50) == 1);
    poly.release(0, 55);
    CHECK(poly.take(60) == 0);
    CHECK(poly.take(70) == 2);
}

TEST_CASE("a free lane is taken before any held one, however lately it was freed", "[voices]") {
    Voices poly = voices(2);
    poly.take(10);
    poly.take(20);
    poly.release(1, 1000);
    CHECK(poly.take(1001) == 1);
}

TEST_CASE("a lane that is free, or is not there, cannot be released", "[voices]") {
    Voices poly = voices(2);
    poly.take(10);
    poly.release(1, 99);
    CHECK(poly.lanes[1].since == -1);
    poly.release(7, 99);
    CHECK(poly.lanes[0].held);
}

TEST_CASE("a driven parameter keeps its base, and returns to it", "[parameter]") {
    Parameter parameter;
    parameter.set(5);
    CHECK(parameter.glide.wanted == 5);
    parameter.drive(7);
    parameter.set(6);
    CHECK(parameter.base == 6);
    CHECK(parameter.glide.wanted == 7);
    parameter.let_go();
    CHECK(parameter.glide.wanted == 6);
    CHECK_FALSE(parameter.driven);
}
