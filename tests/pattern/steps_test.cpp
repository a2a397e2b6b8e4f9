// Steps as text: what is read, what is printed, and what is refused.
#include "pattern/steps.h"

#include "catch.h"
#include "pattern/trees.h"

using namespace chronus::pattern;

namespace {

Steps parsed(std::string_view text) {
    const auto steps = parse_steps(text);
    if (!steps) FAIL(steps.refusal().reason);
    return *steps;
}

std::string printed(std::string_view text) { return print_steps(parsed(text)); }

chronus::Refusal refused(std::string_view text) {
    const auto steps = parse_steps(text);
    INFO(text);
    REQUIRE_FALSE(steps);
    return steps.refusal();
}

}  // namespace

TEST_CASE("Each construct has one printed form, which is read as the same steps") {
    const std::pair<const char*, const char*> kForms[] = {
        {"Xx.-~_", "Xx..._"}, {"g F f", "gFf"}, {" x... x...\t| x.x.\n....|", "x...x...x.x....."},
        {"X@3 .@2", "X@3.@2"}, {"x@1!1*1?100", "x"}, {"[x x] [x[x.]]", "[xx][x[x.]]"}, {"x*3", "x*3"},
        {"<X . x>", "<X.x>"}, {"x? x?50 x?30 x?0", "x?x?x?30x?0"}, {"{x / . / X}", "{x/./X}"},
        {"{x. / .x}?", "{x./.x}?"}, {"x!4 [x.]!4", "x!4[x.]!4"}, {"x( 3 , 8 ) x(3,8,2) x(3,8,10)", "x(3,8)x(3,8,2)x(3,8,2)"},
        {"x:80 F:7", "x:80F:7"}, {"x!2?30@3(3,8,1)*2:80", "x:80*2(3,8,1)@3?30!2"}, {"<[x x]@2 _>", "<[xx]@2_>"}};
    for (const auto& [text, form] : kForms) {
        CHECK(printed(text) == form);
        CHECK(parsed(form) == parsed(text));
    }
}

TEST_CASE("Printed steps parse as the same steps") {
    std::size_t played = 0;
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        const Steps steps = trees::Trees(seed).steps();
        const std::string text = print_steps(steps);
        const auto again = parse_steps(text);
        INFO(text);
        if (!again) {  // too much to play is refused, whoever wrote it
            CHECK(again.refusal().code == "range");
            continue;
        }
        ++played;
        CHECK(*again == steps);
    }
    CHECK(played > 2000);
}

TEST_CASE("A pattern has a step at least") {
    for (const char* text : {"", "  ", "||", "\n"}) {
        CHECK(refused(text).code == "missing");
        CHECK(parse_steps(refused(text).example));
    }
}

TEST_CASE("A pattern has 4096 steps at most, however they are written") {
    CHECK(parsed(std::string(4096, 'x')).steps.size() == 4096);
    for (const std::string& text : {std::string(4097, 'x'), std::string("x!4097"), std::string("x!64!64"), std::string(".@4096."),
                                   std::string("[x!65]@64!65"), std::string("x(3,64)!65")})
        CHECK(refused(text).reason.size() < 300);
    CHECK(refused(std::string(4097, 'x')).code == "range");
    CHECK(refused("x!4000 [xx]!97").reason.starts_with("column 8: a pattern has at most 4096 steps"));
    CHECK(parse_steps("x!4096"));
    CHECK(refused("x[f!64]@64!33").reason.starts_with("column 3: a pass has at most 4096 hits"));
}

TEST_CASE("What is refused is pointed at") {
    const std::pair<const char*, const char*> kWrong[] = {
        {"x.. q", "column 5: 'q' is no step"}, {"x\u2022", "column 2: '\u2022' is no step"}, {"*3", "column 1: * belongs directly behind a step"},
        {"x *3", "column 3: * belongs"}, {"x.[xx", "column 3: [ is never closed"}, {"x<x[.>", "column 6: > closes nothing"}, {"x]", "column 2: ] closes nothing"},
        {"[]", "column 2: there is no step in it"}, {"{x/}", "column 4: there is no step in it"}, {"{/x}", "column 2: there"},
        {"x*", "column 3: a whole number from 1 to 4096"}, {"x*0", "column 3: this number is from 1"}, {"x@x", "column 3: a whole number"},
        {"x:0", "column 3: this number is from 1 to 100"}, {"x:101", "column 3: this number"}, {"x:0.5", "column 3"}, {".:50", "column 2: only a hit"},
        {"[xx]:50", "column 5: only a hit"}, {"x?101", "column 3: this number is from 0 to 100"}, {"x*2*3", "column 4: * is there twice"},
        {"x(3)", "column 4: x(3,8)"}, {"x(9,8)", "column 5: 9 hits do not go into 8 steps"}, {"x(3,8", "column 6: x(3,8)"},
        {"x(3,8,1,2)", "column 8: x(3,8)"}, {"x(3,99)", "column 5: this number is from 1 to 64"}, {"x(.,8)", "column 3: a whole number"},
        {"x*999999999999", "column 3: this number"}, {"x*129", "column 1: a step is cut into 128 parts"}, {"x x/x", "column 4: '/' is no step"},
        {"[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]", "column 17: brackets stand in each other 16 deep"},
        {"x!4000 f!4000", "column 8: a pattern has"}, {"x,x", "column 2: ','"}, {"o", "column 1"}, {"1", "column 1"}};
    for (const auto& [text, start] : kWrong) {
        const auto refusal = refused(text);
        INFO(text << " -> " << refusal.reason);
        CHECK(refusal.reason.starts_with(start));
        CHECK((refusal.code == "syntax" || refusal.code == "range"));
        CHECK(parse_steps(refusal.example));
    }
    CHECK(refused("x.. q").reason.ends_with("\n  x.. q\n      ^"));
}

TEST_CASE("Whatever bytes come, steps are read or refused within the text") {
    constexpr std::string_view kLikely = "XxgFf._-~[]<>{}/:*(),@?!0123456789 |q\xc3";
    std::size_t read = 0;
    for (std::uint64_t seed = 0; seed < 200000; ++seed) {
        chronus::laws::Dice dice(seed);
        std::string text;
        for (std::size_t n = dice.below(24); n > 0; --n)
            text += dice.below(20) == 0 ? static_cast<char>(dice.bits()) : kLikely[dice.below(kLikely.size())];
        const auto steps = parse_steps(text);
        if (steps) {
            ++read;
            const auto again = parse_steps(print_steps(*steps));
            const bool same = again && *again == *steps;
            if (!same) FAIL_CHECK(text);
            continue;
        }
        int column = 0;
        const bool says = std::sscanf(steps.refusal().reason.c_str(), "column %d:", &column) == 1;
        if (!says || column < 1 || column > static_cast<int>(text.size()) + 1) FAIL_CHECK(text << " -> " << steps.refusal().reason);
    }
    CHECK(read > 1000);
}
