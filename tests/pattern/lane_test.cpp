// Values a step: read, printed, laid out.
#include "catch.h"
#include "laws/dice.h"
#include "pattern/pass.h"
#include "pattern/steps.h"
#include "pattern/trees.h"
#include "text/numbers.h"

using namespace chronus;
using namespace chronus::pattern;

namespace {

Result<float> number(const std::string& word) {
    if (const auto read = read_as<float>(word)) return *read;
    if (word == "saw") return 0.0f;
    return Refusal{"type", word + " is no number", ""};
}

Steps lane(const std::string& text) {
    const auto steps = parse_lane(text, number);
    if (!steps) FAIL(steps.refusal().reason);
    return *steps;
}

std::string fault(const std::string& text) {
    const auto steps = parse_lane(text, number);
    REQUIRE_FALSE(steps);
    return steps.refusal().reason.substr(0, steps.refusal().reason.find('\n'));
}

// A tree of hits as one of values.
void to_values(Sequence& steps, laws::Dice& dice) {
    for (pattern::Step& step : steps) {
        for (Sequence& part : step.parts) to_values(part, dice);
        step.velocity = 0;
        if (step.kind != pattern::Step::Kind::mark) continue;
        step.mark = dice.below(4) == 0 ? '.' : '=';
        if (step.mark == '=') step.value = static_cast<float>(static_cast<int>(dice.below(20001)) - 10000) / 8;
    }
}

}  // namespace

TEST_CASE("a lane is values in place of hits, with all that steps can do", "[lanes]") {
    Pass pass;
    REQUIRE_FALSE(unfold(lane("200 -4.5 <800 1600> . [1 2]*2 saw@2 7!2 .5(1,2)"), pass));
    CHECK(pass.steps == 11);
    std::vector<float> values;
    for (const PassHit& hit : pass.hits) values.push_back(hit.velocity);
    CHECK(values == std::vector<float>{200, -4.5f, 800, 1600, 1, 2, 1, 2, 0, 7, 7, 0.5f});
    CHECK(pass.hits[2].conditions.size() == 1);
}

TEST_CASE("what is no lane is refused where it is wrong", "[lanes]") {
    CHECK(fault("200 x 3") == "column 5: x is no number");
    CHECK(fault("200:50") == "column 4: only a hit has a velocity");
    CHECK(fault("[200 300") == "column 1: [ is never closed");
    CHECK(fault("") == "column 1: a pattern has at least one step");
    CHECK(fault("* 200") == "column 1: * belongs directly behind a step");
    CHECK(fault("{1 / 2 / }") == "column 10: there is no step in it; for a rest write a .");
}

TEST_CASE("a lane that is printed is read as the same lane", "[lanes]") {
    laws::Dice dice(11);
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        Steps steps = trees::Trees(seed).steps();
        to_values(steps.steps, dice);
        const std::string text = print_steps(steps);
        if (text.find_first_of("0123456789") == std::string::npos) continue;  // nothing but rests is a pattern of any kind
        CAPTURE(text);
        const auto again = parse_lane(text, number);
        if (!again) {
            CHECK(again.refusal().code == "range");  // too much of it
            continue;
        }
        CHECK(*again == steps);
        CHECK(print_steps(*again) == text);
    }
}
