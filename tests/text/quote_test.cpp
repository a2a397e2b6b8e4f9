#include "text/quote.h"

#include <random>

#include "catch.h"

using namespace chronus;

TEST_CASE("Whatever was quoted reads back") {
    std::mt19937 random(3);
    const std::string letters = "ab n\"\\\n#\t\r";
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (unsigned n = random() % 12; n > 0; --n) text += letters[random() % letters.size()];
        const std::string quoted = quote(text);
        CAPTURE(quoted);
        const auto read = read_quoted(quoted + " tail", 0);
        REQUIRE(read);
        CHECK(read->text == text);
        CHECK(read->end == quoted.size());
        CHECK(quoted.find('\n') == std::string::npos);
    }
}

TEST_CASE("A string that is never closed is none") {
    CHECK_FALSE(read_quoted("\"abc", 0));
    CHECK_FALSE(read_quoted("\"", 0));
    CHECK_FALSE(read_quoted("\"abc\\\"", 0));
}
