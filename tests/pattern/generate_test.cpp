// Patterns by rule: plain, playable, the same for the same seed.
#include "pattern/generate.h"

#include "catch.h"
#include "pattern/pass.h"
#include "pattern/trees.h"

using namespace chronus::pattern;

namespace {

std::size_t hits_in(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c == 'x' || c == 'X' || c == 'g'; }));
}

std::size_t differences(const std::string& one, const std::string& other) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) count += one[i] != other[i];
    return count;
}

}  // namespace

TEST_CASE("a euclid is written out", "[generate]") {
    CHECK(euclid_text({5, 8, 0}) == "x.xx.xx.");
    CHECK(euclid_text({3, 8, 0}) == "x..x..x.");
    CHECK(euclid_text({0, 4, 0}) == "....");
}

TEST_CASE("an answer plays only where the call does not", "[generate]") {
    const Steps call = *parse_steps("X...X_..[xx]...x(1,4)");
    std::size_t few = 0, many = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const std::string text = answer(call, 0.5, seed);
        CAPTURE(text);
        REQUIRE(text.size() == 16);
        REQUIRE(parse_steps(text));
        for (const std::size_t taken : {0, 4, 5, 8, 12}) CHECK(text[taken] == '.');
        CHECK(text == answer(call, 0.5, seed));
        few += hits_in(answer(call, 0.2, seed));
        many += hits_in(answer(call, 0.8, seed));
        CHECK(hits_in(answer(call, 1, seed)) == 11);
        CHECK(hits_in(answer(call, 0, seed)) == 0);
    }
    CHECK(few * 2 < many);
}

TEST_CASE("a variation changes as much as it is told to, and never the first step", "[generate]") {
    const std::string theme = "X..xX.x.X..xX.xx";
    const Steps steps = *parse_steps(theme);
    CHECK(vary(steps, 0, 1) == theme);
    std::size_t little = 0, much = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const std::string text = vary(steps, 0.2, seed);
        CAPTURE(text);
        REQUIRE(parse_steps(text));
        CHECK(text[0] == 'X');
        CHECK(text == vary(steps, 0.2, seed));
        Pass pass;
        unfold(*parse_steps(text), pass);
        CHECK(pass.steps == 16);
        little += differences(vary(steps, 0.1, seed), theme);
        much += differences(vary(steps, 0.7, seed), theme);
    }
    CHECK(little > 0);
    CHECK(little * 3 < much);
}

TEST_CASE("whatever is varied is a pattern of the same length", "[generate]") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        const auto steps = parse_steps(print_steps(trees::Trees(seed).steps()));
        if (!steps) continue;
        const std::string text = vary(*steps, 0.5, seed);
        CAPTURE(print_steps(*steps), text);
        Pass before, after;
        unfold(*steps, before);
        const auto varied = parse_steps(text);
        if (!varied) {
            CHECK(varied.refusal().code == "range");  // strokes may make too much of it
            continue;
        }
        unfold(*varied, after);
        CHECK(after.steps == before.steps);
    }
}

TEST_CASE("an arpeggio goes through a chord", "[generate]") {
    const std::vector<double> chord{220, 261.6255653005986, 329.6275569128699};
    CHECK(arpeggio(chord, ArpMode::up, 1, 5, 1, 440) == "A3 C4 E4 A3 C4");
    CHECK(arpeggio(chord, ArpMode::down, 1, 4, 1, 440) == "E4 C4 A3 E4");
    CHECK(arpeggio(chord, ArpMode::up_down, 1, 6, 1, 440) == "A3 C4 E4 C4 A3 C4");
    CHECK(arpeggio(chord, ArpMode::up, 2, 6, 1, 440) == "A3 C4 E4 A4 C5 E5");
    CHECK(arpeggio({50}, ArpMode::up, 1, 2, 1, 440) == "50Hz 50Hz");
    CHECK(arpeggio(chord, ArpMode::random, 2, 16, 3, 440) == arpeggio(chord, ArpMode::random, 2, 16, 3, 440));
    CHECK(arpeggio(chord, ArpMode::random, 2, 16, 3, 440) != arpeggio(chord, ArpMode::random, 2, 16, 4, 440));
}
