#include "text/numbers.h"

#include <bit>
#include <cstring>
#include <limits>
#include <random>

#include "catch.h"

using namespace chronus;

TEST_CASE("A printed float reads back as the same bits") {
    std::mt19937 random(1);
    for (int i = 0; i < 20000; ++i) {
        const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
        if (!is_finite_number(value)) continue;
        const auto read = read_as<float>(print_number(value));
        REQUIRE(read);
        REQUIRE(std::bit_cast<std::uint32_t>(*read) == std::bit_cast<std::uint32_t>(value));
    }
}

TEST_CASE("A printed double reads back as the same bits") {
    std::mt19937_64 random(2);
    for (int i = 0; i < 20000; ++i) {
        const auto value = std::bit_cast<double>(static_cast<std::uint64_t>(random()));
        if (!is_finite_number(value)) continue;
        const auto read = read_as<double>(print_number(value));
        REQUIRE(read);
        REQUIRE(std::bit_cast<std::uint64_t>(*read) == std::bit_cast<std::uint64_t>(value));
    }
}

TEST_CASE("Numbers are printed the way a person would write them") {
    CHECK(print_number(0.1f) == "0.1");
    CHECK(print_number(800.0f) == "800");
    CHECK(print_number(1000000.0) == "1000000");
    CHECK(print_number(0.001) == "0.001");
    CHECK(print_number(-0.5f) == "-0.5");
    CHECK(print_number(0.0) == "0");
    CHECK(print_number(1e300) == "1e+300");
    CHECK(print_number(42) == "42");
    CHECK(print_number(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
}

TEST_CASE("A number is the whole of a text or none of it") {
    CHECK(read_number("5") == 5);
    CHECK(read_number("+5") == 5);
    CHECK(read_number("-.5") == -0.5);
    CHECK(read_number("5.") == 5);
    CHECK(read_number("1e3") == 1000);
    for (const char* text : {"", " 5", "5 ", "5Hz", "1e", ".", "-", "+", "+-5", "--5", "1,5", "five"}) {
        CAPTURE(text);
        CHECK_FALSE(read_number(text));
    }
}

TEST_CASE("There is no infinity, no NaN and no hexadecimal in a text") {
    for (const char* text : {"inf", "-inf", "Infinity", "nan", "-nan", "NAN", "0x10", "1e400", "-1e400"}) {
        CAPTURE(text);
        CHECK_FALSE(read_number(text));
    }
}

TEST_CASE("What is too large for a type is no number of it, what is too small is zero") {
    CHECK_FALSE(read_as<float>("1e39"));
    CHECK_FALSE(read_as<std::int32_t>("2147483648"));
    CHECK_FALSE(read_as<std::int64_t>("9223372036854775808"));
    CHECK(read_as<float>("1e-60") == 0.0f);
    CHECK(read_as<double>("1e-400") == 0.0);
    CHECK(std::signbit(*read_as<float>("-1e-60")));
    CHECK(read_as<float>("1e-45") == std::numeric_limits<float>::denorm_min());
}

TEST_CASE("An integer has no fraction") {
    CHECK(read_as<std::int32_t>("-12") == -12);
    CHECK_FALSE(read_as<std::int32_t>("12.0"));
    CHECK_FALSE(read_as<std::int32_t>("1e3"));
}

TEST_CASE("A float is rounded once, from its text") {
    // By way of double this would be rounded to the tie 1 + 2^-24, and from there to 1.
    CHECK(read_as<float>("1.00000005960464477540") == std::nextafterf(1.0f, 2.0f));
}
