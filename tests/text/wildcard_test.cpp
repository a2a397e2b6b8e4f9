#include "text/wildcard.h"

#include <string>

#include "catch.h"

using namespace chronus;

TEST_CASE("wildcards match as OSC says", "[wildcard]") {
    CHECK(matches("voice*", "voice12"));
    CHECK(matches("voice*", "voice"));
    CHECK(matches("*", "anything"));
    CHECK(matches("v?ice1", "voice1"));
    CHECK_FALSE(matches("v?ice1", "vice1"));
    CHECK(matches("voice[1-3]", "voice2"));
    CHECK_FALSE(matches("voice[1-3]", "voice4"));
    CHECK(matches("voice[!1-3]", "voice4"));
    CHECK_FALSE(matches("voice[!1-3]", "voice2"));
    CHECK(matches("voice[135]", "voice3"));
    CHECK(matches("{kick,snare}", "snare"));
    CHECK_FALSE(matches("{kick,snare}", "kicksnare"));
    CHECK(matches("{k,ki}ck", "kick"));
    CHECK(matches("a*b*c", "axxbyyc"));
    CHECK_FALSE(matches("a*b*c", "axxcyyb"));
    CHECK(matches("", ""));
    CHECK_FALSE(matches("", "a"));
}

TEST_CASE("none reaches across a slash", "[wildcard]") {
    CHECK(matches("*/filter/freq", "voice1/filter/freq"));
    CHECK_FALSE(matches("*/freq", "voice1/filter/freq"));
    CHECK_FALSE(matches("voice1?freq", "voice1/freq"));
    CHECK_FALSE(matches("voice1[!a]freq", "voice1/freq"));
}

TEST_CASE("what is never closed stands for itself", "[wildcard]") {
    CHECK(matches("a[b", "a[b"));
    CHECK(matches("a{b", "a{b"));
    CHECK_FALSE(matches("a[b", "ab"));
    CHECK(has_wildcard("a[b"));
    CHECK_FALSE(has_wildcard("voice1/freq"));
}

TEST_CASE("what makes others search for years is decided at once", "[wildcard]") {
    std::string pattern;
    for (int i = 0; i < 200; ++i) pattern += "*a";
    CHECK_FALSE(matches(pattern + "b", std::string(1000, 'a')));
    std::string words;
    for (int i = 0; i < 100; ++i) words += "{a,aa,aaa}";
    CHECK_FALSE(matches(words, std::string(1000, 'a')));
}
