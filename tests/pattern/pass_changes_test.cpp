// Passes that are cut, filled up or moved.
#include "catch.h"
#include "pattern/pass.h"

using namespace chronus::pattern;

namespace {

Pass pass_of(std::string_view text) {
    Pass pass;
    unfold(*parse_steps(text), pass);
    return pass;
}

// "0:1 4:2": where hits lie, and the notes they take.
std::string told(const Pass& pass) {
    std::string text;
    for (const PassHit& hit : pass.hits) {
        const double at = static_cast<double>(hit.at.over) / static_cast<double>(hit.at.under);
        text += (text.empty() ? "" : " ") + std::to_string(at).substr(0, 4) + ":" + std::to_string(hit.note);
    }
    return text;
}

}  // namespace

TEST_CASE("a longer pass begins its pattern again until it is full, a shorter one is cut", "[passes]") {
    Pass pass = pass_of("x..");
    lengthen(pass, 8);
    CHECK(pass.steps == 8);
    CHECK(told(pass) == "0.00:0 3.00:1 6.00:2");
    CHECK(pass.notes == 3);
    lengthen(pass, 4);
    CHECK(told(pass) == "0.00:0 3.00:1");
    CHECK(pass.notes == 2);
    Pass held = pass_of("x___");
    lengthen(held, 2);
    CHECK(held.hits.front().end == Fraction{2, 1});
    lengthen(held, 0);
    CHECK(held.steps == 2);
}

TEST_CASE("what is moved over the end stands at the beginning, and notes go by their order", "[passes]") {
    Pass pass = pass_of("X.x.[xx].");
    rotate(pass, {2, 1});
    CHECK(told(pass) == "0.00:0 0.50:1 2.00:2 4.00:3");
    Pass early = pass_of("X.x.");
    rotate(early, Fraction::of(-1, 4));
    CHECK(told(early) == "1.75:0 3.75:1");
    rotate(early, Fraction::of(1, 4));
    CHECK(told(early) == "0.00:0 2.00:1");
    Pass whole = pass_of("X.x.");
    rotate(whole, {-8, 1});
    CHECK(told(whole) == "0.00:0 2.00:1");
}

TEST_CASE("what shares a place goes on sharing its note", "[passes]") {
    Pass pass = pass_of("x<x X>x.");
    rotate(pass, {1, 1});
    REQUIRE(pass.hits.size() == 4);
    CHECK(pass.hits[1].note == pass.hits[2].note);
    CHECK(pass.notes == 3);
}
