#include "text/line_diff.h"

#include "catch.h"

using namespace chronus;
using Texts = std::vector<std::string>;

TEST_CASE("the same text has no difference") {
    CHECK(line_diff("", "").empty());
    CHECK(line_diff("tempo 120\nplay\n", "tempo 120\nplay").empty());
}

TEST_CASE("what only one text has is told, in its place") {
    CHECK(line_diff("a\nb\nc\n", "a\nx\nc\n") == Texts{"- b", "+ x"});
    CHECK(line_diff("a\n", "a\nb\n") == Texts{"+ b"});
    CHECK(line_diff("a\nb\nc\nd\n", "b\nd\ne\n") == Texts{"- a", "- c", "+ e"});
    CHECK(line_diff("", "a\n\nb\n") == Texts{"+ a", "+ b"});
}

TEST_CASE("of what moved, as much as can be stays") {
    CHECK(line_diff("a\nb\nc\nd\n", "d\na\nb\nc\n") == Texts{"+ d", "- d"});
}

TEST_CASE("texts of many lines are told apart too") {
    std::string before, after;
    for (int i = 0; i < 3000; ++i) {
        before += "x" + std::to_string(i) + "\n";
        after += "y" + std::to_string(i) + "\n";
    }
    CHECK(line_diff("same\n" + before + "same\n", "same\n" + after + "same\n").size() == 6000);
}
