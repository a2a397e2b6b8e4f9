// What a text plays: hits at exact places of one pass, as "place:length=velocity".
#include "pattern/pass.h"

#include <fmt/format.h>

#include <algorithm>

#include "catch.h"
#include "pattern/trees.h"

using namespace chronus::pattern;

namespace {

Pass pass_of(std::string_view text) {
    const auto steps = parse_steps(text);
    if (!steps) FAIL(steps.refusal().reason);
    Pass pass;
    if (unfold(*steps, pass)) FAIL("too much");
    return pass;
}

std::string print(Fraction f) { return f.under == 1 ? fmt::format("{}", f.over) : fmt::format("{}/{}", f.over, f.under); }

std::string print(const Condition& c) {
    return c.by_chance ? fmt::format(" draw {} {}..{} of {}", c.place, c.from, c.to, c.of)
                       : fmt::format(" turn {}..{} of {}{}", c.from, c.to, c.of, c.every == 1 ? "" : fmt::format(" every {}", c.every));
}

std::string played(std::string_view text) {
    std::string all;
    for (const PassHit& hit : pass_of(text).hits) {
        all += (all.empty() ? "" : ", ") + print(hit.at) + "-" + print(hit.end);
        all += hit.tie ? "_" : fmt::format("={}", hit.velocity);
        for (const Condition& condition : hit.conditions) all += print(condition);
    }
    return all;
}

std::string notes(std::string_view text) {
    std::string all;
    const Pass pass = pass_of(text);
    for (const PassHit& hit : pass.hits)
        if (!hit.tie) all += fmt::format("{} ", hit.note);
    return all + fmt::format("of {}", pass.notes);
}

}  // namespace

TEST_CASE("What steps play") {
    const std::pair<const char*, const char*> kPlayed[] = {
        {"X.xg", "0-1=1, 2-3=0.6, 3-4=0.25"},
        {"X___x_.", "0-4=1, 4-6=0.6"},
        {"._x", "2-3=0.6"},
        {"_x", "0-1_, 1-2=0.6"},
        {"X@3.@2x", "0-3=1, 5-6=0.6"},
        {"x[xx][x[x.X]]", "0-1=0.6, 1-3/2=0.6, 3/2-2=0.6, 2-5/2=0.6, 5/2-8/3=0.6, 17/6-3=1"},
        {"[x@3x]", "0-3/4=0.6, 3/4-1=0.6"},
        {"[x.]@4", "0-2=0.6"},
        {"X[_x]", "0-3/2=1, 3/2-2=0.6"},
        {"x*3.", "0-1/3=0.6, 1/3-2/3=0.6, 2/3-1=0.6"},
        {"[xX]*2", "0-1/4=0.6, 1/4-1/2=1, 1/2-3/4=0.6, 3/4-1=1"},
        {".F", "1-9/8=0.5, 9/8-2=1"},
        {"f:50_", "0-1/8=0.25, 1/8-2=0.5"},
        {"x!3 [x.]!2", "0-1=0.6, 1-2=0.6, 2-3=0.6, 3-7/2=0.6, 4-9/2=0.6"},
        {"x:80", "0-1=0.8"},
        {"x(3,8)", "0-1=0.6, 3-4=0.6, 6-7=0.6"},
        {"x(5,8)", "0-1=0.6, 2-3=0.6, 3-4=0.6, 5-6=0.6, 6-7=0.6"},
        {"x(3,8,2)", "0-1=0.6, 2-3=0.6, 5-6=0.6"},
        {"x(0,4)X(4,4)", "4-5=1, 5-6=1, 6-7=1, 7-8=1"},
        {"[x(3,8)]@2", "0-1/4=0.6, 3/4-1=0.6, 3/2-7/4=0.6"},
        {"<X.x>.", "0-1=1 turn 0..1 of 3, 0-1=0.6 turn 2..3 of 3"},
        {"<X@3x>", "0-1=1 turn 0..3 of 4, 0-1=0.6 turn 3..4 of 4"},
        {"<X!2x>", "0-1=1 turn 0..1 of 3, 0-1=1 turn 1..2 of 3, 0-1=0.6 turn 2..3 of 3"},
        {"<X<xg>>", "0-1=1 turn 0..1 of 2, 0-1=0.6 turn 1..2 of 2 turn 0..1 of 2 every 2, 0-1=0.25 turn 1..2 of 2 turn 1..2 of 2 every 2"},
        {"<[xX]>@4", "0-2=0.6 turn 0..1 of 1, 2-4=1 turn 0..1 of 1"},
        {"x?x?30", "0-1=0.6 draw 0 0..50 of 100, 1-2=0.6 draw 1 0..30 of 100"},
        {"x?!2", "0-1=0.6 draw 0 0..50 of 100, 1-2=0.6 draw 1 0..50 of 100"},
        {"{x/./[XX]}", "0-1=0.6 draw 0 0..1 of 3, 0-1/2=1 draw 0 2..3 of 3, 1/2-1=1 draw 0 2..3 of 3"},
        {"x?_", "0-1=0.6 draw 0 0..50 of 100, 1-2_"},
        {"X<_x>", "0-1=1, 1-2_ turn 0..1 of 2, 1-2=0.6 turn 1..2 of 2"},
        {".<_x>", "1-2=0.6 turn 1..2 of 2"}};
    for (const auto& [text, hits] : kPlayed) {
        INFO(text);
        CHECK(played(text) == hits);
    }
}

TEST_CASE("Each hit takes a note; strokes, flams and what shares a place share theirs") {
    const std::pair<const char*, const char*> kNotes[] = {
        {"X.x_x", "0 1 2 of 3"}, {"x?x", "0 1 of 2"}, {"x*3x", "0 0 0 1 of 2"}, {"[xx]*2x", "0 1 0 1 2 of 3"}, {"fx", "0 0 1 of 2"},
        {"<X.>x", "0 1 of 2"}, {"<x[xx]>x", "0 0 1 2 of 3"}, {"{[xxx]/[xx]}x", "0 0 1 1 2 3 of 4"}, {"x!2x(2,4)", "0 1 2 3 of 4"}};
    for (const auto& [text, taken] : kNotes) {
        INFO(text);
        CHECK(notes(text) == taken);
    }
}

TEST_CASE("Whatever is written, lengths add up to the pass and no hit lies outside") {
    std::size_t played = 0;
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        const Steps steps = trees::Trees(seed).steps();
        Pass pass;
        if (unfold(steps, pass)) continue;
        std::int64_t length = 0, wrong = 0;
        for (const Step& step : steps.steps) length += step.weight();
        wrong += pass.steps != length;
        for (const PassHit& hit : pass.hits) {
            ++played;
            wrong += hit.at < Fraction{} || !(hit.at < hit.end) || Fraction{pass.steps, 1} < hit.end;
            wrong += !(Fraction{} < hit.last) || (!hit.tie && (hit.velocity <= 0 || hit.velocity > 1 || hit.note >= pass.notes));
        }
        wrong += !std::is_sorted(pass.hits.begin(), pass.hits.end(), [](const PassHit& a, const PassHit& b) { return a.at < b.at; });
        INFO(print_steps(steps));
        CHECK(wrong == 0);
    }
    CHECK(played > 20000);
}

TEST_CASE("What divides a step without end is refused, and what fits is exact") {
    CHECK_FALSE(parse_steps("[[x*64 x]x]"));
    CHECK_FALSE(parse_steps("[[[[[[[[x.]x]x]x]x]x]x]x]"));
    std::string deep = "x";
    for (int d = 0; d < 16; ++d) deep = "[x@97 " + deep + "@89 x@3]";
    CHECK_FALSE(parse_steps(deep + "@4000"));
    const Pass pass = pass_of("[[xxx]*5 .]@7");
    CHECK(pass.hits.size() == 15);
    CHECK(pass.hits.back().end == Fraction{7, 2});
    CHECK(pass.hits[1].at == Fraction{7, 30});
}
