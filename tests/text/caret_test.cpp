#include "text/caret.h"

#include "catch.h"

using namespace chronus;

TEST_CASE("The caret stands below the character that is wrong") {
    CHECK(point_at("no step", "x..q", 3) == "column 4: no step\n  x..q\n     ^");
    CHECK(point_at("bad", "abc", 0, 7) == "line 7, column 1: bad\n  abc\n  ^");
}

TEST_CASE("The caret may stand behind the end, and no further") {
    CHECK(point_at("more", "ab", 2) == "column 3: more\n  ab\n    ^");
    CHECK(point_at("more", "", 9) == "column 1: more\n  \n  ^");
}

TEST_CASE("Tabs, newlines and letters of many bytes do not move the caret") {
    CHECK(point_at("bad", "a\tb\nq", 4) == "column 5: bad\n  a b q\n      ^");
    CHECK(point_at("bad", "\u00e4\u00f6q", 4) == "column 3: bad\n  \u00e4\u00f6q\n    ^");
}

TEST_CASE("Of a long text only what is near the caret is shown") {
    const std::string text = std::string(5000, 'x') + 'q' + std::string(5000, 'x');
    const std::string shown = point_at("bad", text, 5000);
    CHECK(shown.size() < 200);
    const std::size_t line = shown.find('\n') + 1;
    CHECK(shown.find('q') - line == shown.find('^') - shown.rfind('\n') - 1);
}

TEST_CASE("A long word is cut between characters") {
    CHECK(excerpt("short") == "short");
    CHECK(excerpt(std::string(31, 'x') + "\u00e4y") == std::string(31, 'x') + "\u00e4...");
}

TEST_CASE("the word that a reason complains of is pointed at", "[caret]") {
    CHECK(point_at_fault("unknown", "bass has no parameter zing; there is bass", "set bass.zing 3") ==
          "bass has no parameter zing; there is bass\n  set bass.zing 3\n           ^");
    CHECK(point_at_fault("unknown", "there is no type kik", "create kik") == "there is no type kik\n  create kik\n         ^");
    CHECK(point_at_fault("unknown", "there is no créateur", "é créateur") == "there is no créateur\n  é créateur\n    ^");
}

TEST_CASE("what is missing is missing at the line's end", "[caret]") {
    CHECK(point_at_fault("missing", "target is missing", "ramp a.b ") == "target is missing\n  ramp a.b\n          ^");
    CHECK(point_at_fault("syntax", "create wants a type", "create") == "create wants a type\n  create\n        ^");
}

TEST_CASE("a reason that names no word, or shows a place already, stays as it is", "[caret]") {
    CHECK(point_at_fault("unknown", "the pattern is empty", "sequence k:") == "the pattern is empty");
    CHECK(point_at_fault("unknown", "no step\n  y\n  ^", "sequence k: y") == "no step\n  y\n  ^");
    CHECK(point_at_fault("busy", "later, create", "create x later") == "later, create");
    CHECK(point_at_fault("unknown", "", "") == "");
}
