#include "pattern/steps.h"

#include <random>

#include "catch.h"

using namespace chronus::pattern;

namespace {

Steps parsed(std::string_view text) {
    const auto steps = parse_steps(text);
    if (!steps) FAIL(steps.refusal().reason);
    return *steps;
}

constexpr Step kHard{1.0f, false}, kSoft{0.6f, false}, kRest{0, false}, kTie{0, true};

}  // namespace

TEST_CASE("X hits hard, x softly, and three marks rest") {
    CHECK(parsed("Xx.-~").steps == std::vector{kHard, kSoft, kRest, kRest, kRest});
}

TEST_CASE("An underscore holds the step before, also that of the pass before") {
    CHECK(parsed("_x__").steps == std::vector{kTie, kSoft, kTie, kTie});
}

TEST_CASE("White space and bar lines are for the eye") {
    CHECK(parsed(" x... x...\t| x.x.\n....|") == parsed("x...x...x.x....."));
}

TEST_CASE("Printed steps parse as the same steps") {
    std::mt19937 random(5);
    const std::vector kinds{kHard, kSoft, kRest, kTie};
    for (int i = 0; i < 500; ++i) {
        Steps steps;
        for (unsigned n = 1 + random() % 64; n > 0; --n) steps.steps.push_back(kinds[random() % 4]);
        CHECK(parsed(print_steps(steps)) == steps);
    }
    CHECK(print_steps(parsed("X x - ~ | _ .")) == "Xx.._.");
}

TEST_CASE("A pattern has a step at least") {
    for (const char* text : {"", "  ", "||", "\n"}) {
        const auto steps = parse_steps(text);
        REQUIRE_FALSE(steps);
        CHECK(steps.refusal().code == "missing");
        CHECK(parse_steps(steps.refusal().example));
    }
}

TEST_CASE("A pattern has 4096 steps at most") {
    CHECK(parsed(std::string(4096, 'x')).steps.size() == 4096);
    const auto steps = parse_steps(std::string(4097, 'x'));
    REQUIRE_FALSE(steps);
    CHECK(steps.refusal().code == "range");
    CHECK(steps.refusal().reason.size() < 300);
}

TEST_CASE("A character that is no step is refused where it stands, never a silent rest") {
    const auto steps = parse_steps("x.. q");
    REQUIRE_FALSE(steps);
    CHECK(steps.refusal().code == "syntax");
    CHECK(steps.refusal().reason.starts_with("column 5: 'q' is no step"));
    CHECK(steps.refusal().reason.ends_with("\n  x.. q\n      ^"));
    CHECK(steps.refusal().example == "x...x...x.x.....");
    for (const char* text : {"o", "1", "x,x", "x*2", "\u2022"}) CHECK_FALSE(parse_steps(text));
    CHECK(parse_steps("x\u2022").refusal().reason.find("'\u2022'") != std::string::npos);
}
