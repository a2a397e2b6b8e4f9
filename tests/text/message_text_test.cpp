#include "text/message_text.h"

#include <cmath>
#include <limits>

#include "catch.h"
#include "text/words.h"

using namespace chronus;

TEST_CASE("A message is printed as it would be typed") {
    CHECK(print_message({"/mod/bass/cutoff", {800.0f}}) == "/mod/bass/cutoff 800");
    CHECK(print_message({"/seq/start", {}}) == "/seq/start");
    CHECK(print_message({"/x", {1, std::int64_t{2}, 0.5, true, false, Nil{}}}) ==
          "/x 1 2 0.5 true false nil");
}

TEST_CASE("Strings are quoted only where they would be taken for something else") {
    CHECK(print_message({"/s", {"kick", "x...x..."}}) == "/s kick x...x...");
    CHECK(print_message({"/s", {"", "two words", "1", "true", "#c", "a\"b"}}) ==
          R"(/s "" "two words" "1" "true" "#c" "a\"b")");
}

TEST_CASE("A printed message splits into as many words as it has parts") {
    const Message message{"/s", {"a b", "", "\"", "\\", "x\ny", "a>b", "#", "F#3", 0.1f}};
    const auto words = split_words(print_message(message), {.split_arrows = true});
    REQUIRE(words);
    REQUIRE(words->size() == message.arguments.size() + 1);
    for (std::size_t i = 0; i + 1 < message.arguments.size(); ++i)
        CHECK((*words)[i + 1].text == std::get<std::string>(message.arguments[i]));
}

TEST_CASE("Types are told as OSC tells them") {
    CHECK(types_of({"/x", {1, 1.0f, std::int64_t{1}, 1.0, "s", true, false, Nil{}}}) == "ifhdsTFN");
    CHECK(types_of({"/x", {}}).empty());
}

TEST_CASE("Numbers, switches and strings that hold a number are numbers") {
    CHECK(number_of(3) == 3);
    CHECK(number_of(0.5f) == 0.5);
    CHECK(number_of(std::int64_t{1} << 40) == 1099511627776.0);
    CHECK(number_of(true) == 1);
    CHECK(number_of(false) == 0);
    CHECK(number_of(std::string("2.5")) == 2.5);
    CHECK_FALSE(number_of(std::string("x")));
    CHECK_FALSE(number_of(std::string("nan")));
    CHECK_FALSE(number_of(Nil{}));
}

TEST_CASE("A NaN on the wire stays one, for the caller to refuse") {
    CHECK(std::isnan(*number_of(std::numeric_limits<float>::quiet_NaN())));
    CHECK(std::isinf(*number_of(std::numeric_limits<double>::infinity())));
}

TEST_CASE("Numbers are text too, and floats keep their dot") {
    CHECK(text_of(std::string("kick")) == "kick");
    CHECK(text_of(49) == "49");
    CHECK(text_of(41.0f) == "41.0");
    CHECK(text_of(41.2f) == "41.2");
    CHECK_FALSE(text_of(true));
    CHECK_FALSE(text_of(Nil{}));
    CHECK_FALSE(text_of(std::numeric_limits<float>::infinity()));
}
