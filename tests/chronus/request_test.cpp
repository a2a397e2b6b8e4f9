#include "chronus/request.h"

#include "catch.h"

using namespace chronus;
using namespace chronus::hand;

TEST_CASE("what concerns the conversation is sent as a message of its own", "[chronus]") {
    CHECK(*request_of("notify 5007 bar") == Message{"/notify", {5007, std::string("bar")}});
    CHECK(*request_of("quiet off") == Message{"/quiet", {std::string("off")}});
    CHECK(*request_of("lease 30") == Message{"/lease", {30}});
    CHECK(*request_of("quietly x") == Message{"/do", {std::string("quietly x")}});
}

TEST_CASE("a line of the language is sent whole") {
    CHECK(*request_of("  set bass.cutoff 800 \n") == Message{"/do", {std::string("set bass.cutoff 800")}});
    CHECK(*request_of("save patch \"deep groove\"") ==
          Message{"/do", {std::string("save patch \"deep groove\"")}});
}

TEST_CASE("a line that begins with a slash is the OSC message it looks like") {
    CHECK(*request_of("/play") == Message{"/play", {}});
    CHECK(*request_of("/mod/voice2/filter/freq 800") == Message{"/mod/voice2/filter/freq", {800}});
    CHECK(*request_of("/mod/bass/res 0.5 -1e3 +2") == Message{"/mod/bass/res", {0.5f, -1000.f, 2}});
    CHECK(*request_of("/a 5000000000") == Message{"/a", {std::int64_t{5'000'000'000}}});
    CHECK(
        *request_of("/seq/add \"deep kick\" \"16\" x...x... nan # loud") ==
        Message{"/seq/add",
                {std::string("deep kick"), std::string("16"), std::string("x...x..."), std::string("nan")}});
}

TEST_CASE("a quote that is never closed is refused before it is sent") {
    CHECK(request_of("/save \"deep").refusal().code == "syntax");
}

TEST_CASE("nothing, spaces and comments are blank") {
    for (const char* line : {"", "  \t\r\n", "# a song", "   #"}) CHECK(is_blank(line));
    for (const char* line : {"play", "/play # now", "F#3"}) CHECK_FALSE(is_blank(line));
}

TEST_CASE("a message with an id keeps its arguments behind it") {
    CHECK(with_id("7", {"/mod/a/b", {1, 2.f}}) ==
          Message{"/req", {std::string("7"), std::string("/mod/a/b"), 1, 2.f}});
}

TEST_CASE("a listen may take as long as its bars at the slowest tempo") {
    const auto seconds = [](const std::string& line) { return seconds_to_hear(*request_of(line)); };
    for (const char* line : {"listen", "/listen", "/listen master 1", "listen bass"}) CHECK(seconds(line) == 12);
    for (const char* line : {"listen 2", "listen bass 2", "/listen bass 2", "/do \"listen 2\""}) CHECK(seconds(line) == 24);
    CHECK(seconds("listen 1000") == 64 * 12);
    for (const char* line : {"status", "/status", "set listen.freq 2", "/do"}) CHECK(seconds(line) == 0);
}
