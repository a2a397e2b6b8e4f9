#include "text/log.h"

#include <bit>
#include <random>
#include <sstream>

#include "catch.h"
#include "text/numbers.h"

using namespace chronus;

namespace {

std::vector<LogLine> read(const std::string& text) {
    std::istringstream in(text);
    auto lines = read_log(in);
    if (!lines) FAIL(lines.refusal().reason);
    return *lines;
}

Refusal refusal_of(const std::string& text) {
    std::istringstream in(text);
    const auto lines = read_log(in);
    REQUIRE_FALSE(lines);
    CHECK(lines.refusal().code == "file");
    return lines.refusal();
}

constexpr std::uint64_t second(std::uint64_t n) {
    return n << 32;
}

class RandomLines {
public:
    explicit RandomLines(unsigned seed) : random_(seed) {}

    LogLine line() {
        LogLine made;
        if (below(2))
            made.time = {true, static_cast<std::int64_t>(random_() >> 1), 0};
        else
            made.time = {false, 0, random_()};
        made.message.address = "/" + word("abc/#_0~", 8);
        for (auto n = below(6); n > 0; --n) made.message.arguments.push_back(argument());
        if (below(2)) made.comment = word("T#F N\"\\x ", 6);
        return made;
    }

private:
    std::uint64_t below(std::uint64_t n) { return random_() % n; }

    std::string word(const std::string& letters, std::uint64_t most) {
        std::string made;
        for (auto n = below(most); n > 0; --n) made += letters[below(letters.size())];
        return made;
    }

    Argument argument() {
        const auto f = std::bit_cast<float>(static_cast<std::uint32_t>(random_()));
        const auto d = std::bit_cast<double>(random_());
        switch (below(7)) {
            case 0:
                return static_cast<std::int32_t>(random_());
            case 1:
                return is_finite_number(f) ? f : 0.0f;
            case 2:
                return static_cast<std::int64_t>(random_());
            case 3:
                return is_finite_number(d) ? d : 0.0;
            case 4:
                return word("x \"\\\nn#\t\r>", 10);
            case 5:
                return below(2) == 0;
            default:
                return Nil{};
        }
    }

    std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("A printed line reads back as the same line") {
    RandomLines random(4);
    for (int i = 0; i < 5000; ++i) {
        const LogLine line = random.line();
        const std::string text = print_log_line(line);
        CAPTURE(text);
        const auto back = read_log_line(text);
        if (!back) FAIL(back.refusal().reason);
        REQUIRE(*back == line);
        REQUIRE(read(text + "\r\n") == std::vector{line});
    }
}

TEST_CASE("A line is a time, an address, types, arguments and a comment") {
    const auto lines = read(
        "00000001.80000000 /mod/voice1/freq f 440.0\n"
        "00000005.00000000 /seq/add sssff \"acid\" \"voice2\" \"x...x...\" 110.0 200.0 # the riff\n");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].time.ntp == 0x180000000);
    CHECK(lines[0].message == Message{"/mod/voice1/freq", {440.0f}});
    CHECK(lines[1].message == Message{"/seq/add", {"acid", "voice2", "x...x...", 110.0f, 200.0f}});
    CHECK(lines[1].comment == "the riff");
}

TEST_CASE("A line may count in frames") {
    CHECK(read("@12345 /seq/start")[0].time == LogTime{true, 12345, 0});
    CHECK(print_log_line({{true, 12345, 0}, {"/seq/start", {}}, ""}) == "@12345 /seq/start");
}

TEST_CASE("Blank lines, comments, tabs and carriage returns are passed over") {
    const auto lines =
        read("\xEF\xBB\xBF# a session\r\n\r\n \t\n\t# more\n@1\t/a\ti  5\t\r\n@2 /b #note\r\n@3 /c # x");
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].message == Message{"/a", {5}});
    CHECK(lines[1].comment == "note");
    CHECK(lines[2].comment == "x");
    CHECK(read("").empty());
}

TEST_CASE("What oscdump prints is read") {
    const auto lines = read(
        "eeabf94e.3616a486 /a isfdhTFN 3 \"a \\ back\" 0.100000 0.100000 99999999999 #T #F Nil\n"
        "eeabf94e.38238540 /n \n"
        "eeabf94e.3ac508b2 /t TsF #T \"x\" #F\n");
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].message ==
          Message{"/a", {3, "a \\ back", 0.1f, 0.1, std::int64_t{99999999999}, true, false, Nil{}}});
    CHECK(lines[1].message == Message{"/n", {}});
    CHECK(lines[2].message == Message{"/t", {true, "x", false}});
}

TEST_CASE("A comment behind a switch is no value of it") {
    const auto lines = read("@1 /a T # T\n@2 /b TF #T # on\n");
    CHECK(lines[0].comment == "T");
    CHECK(lines[1].message == Message{"/b", {true, false}});
    CHECK(lines[1].comment == "on");
}

TEST_CASE("A refusal shows the line, the column and what was expected there") {
    const Refusal refusal = refusal_of("@1 /a\n\n@2 /b fi 0.5 x\n");
    CHECK(refusal.reason ==
          "line 3, column 14: expected a whole number of 32 bits (type i), found 'x'\n"
          "  @2 /b fi 0.5 x\n"
          "               ^");
    CHECK(read_log_line(refusal.example));
}

TEST_CASE("Malformed lines are refused") {
    const auto text =
        GENERATE(as<std::string>{}, "x /a", "1.0 /a", "0000001.00000000 /a", "00000001.0000000g /a",
                 "00000001.000000001 /a", "@-1 /a", "@ /a", "@1.5 /a", "@1", "@1 a", "@1 /a i", "@1 /a i 5 6",
                 "@1 /a i 5.5", "@1 /a i 2147483648", "@1 /a f inf", "@1 /a f nan", "@1 /a d -inf",
                 "@1 /a f 1e39", "@1 /a s x", "@1 /a s \"x", "@1 /a s \"x\"y", "@1 /a b 1", "@1 /a ,i 1",
                 "@1 /a T true", "@99999999999999999999 /a");
    CAPTURE(text);
    CHECK(refusal_of(text + "\n").reason.starts_with("line 1, column "));
}

TEST_CASE("Time does not go back in a log of frames") {
    CHECK(refusal_of("@5 /a\n@4 /b\n")
              .reason.starts_with("line 2, column 1: the time goes back, from frame 5"));
    CHECK(read("@5 /a\n@5 /b\n").size() == 2);
}

TEST_CASE("A log of NTP times is sorted, and equal times keep their order") {
    const auto lines =
        read("00000002.00000000 /c\n00000001.00000000 /a\n00000002.00000000 /d\n00000001.00000000 /b\n");
    std::string order;
    for (const LogLine& line : lines) order += line.message.address;
    CHECK(order == "/a/b/c/d");
}

TEST_CASE("Frames and NTP times are not mixed") {
    refusal_of("@5 /a\n00000001.00000000 /b\n");
}

TEST_CASE("The first time of a log is frame 0, and a second has as many frames as the rate says") {
    CHECK(frame_of({false, 0, second(1)}, second(1), 48000) == 0);
    CHECK(frame_of({false, 0, second(2)}, second(1), 48000) == 48000);
    CHECK(frame_of({false, 0, second(1) + second(1) / 2}, second(1), 44100) == 22050);
    CHECK(frame_of({false, 0, second(1)}, second(2), 48000) == -48000);
    CHECK(frame_of({true, 77, 0}, second(9), 48000) == 77);
}

TEST_CASE("Frames are rounded to the nearest, halves up, however late it is") {
    constexpr std::uint64_t kHalf = second(1) / 2;
    CHECK(frame_of({false, 0, kHalf - 1}, 0, 1) == 0);
    CHECK(frame_of({false, 0, kHalf}, 0, 1) == 1);
    CHECK(frame_of({false, 0, 0}, kHalf, 1) == 0);
    CHECK(frame_of({false, 0, 0}, kHalf + 1, 1) == -1);
    // 2^32 - 2^-32 seconds: a double would already have lost the fraction.
    CHECK(frame_of({false, 0, ~std::uint64_t{0}}, 0, 192000) == 4294967296 * 192000);
    CHECK(frame_of({false, 0, second(4294967295) + kHalf - 1}, 0, 1) == 4294967295);
    CHECK(frame_of({false, 0, second(86400)}, 0, 48000.5) == 86400ll * 96001 / 2);
}
