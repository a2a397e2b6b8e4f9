#include "chronus/answer.h"

#include "catch.h"

using namespace chronus;
using namespace chronus::hand;

namespace {

Message reply(const char* address, std::vector<Argument> arguments) {
    return {address, std::move(arguments)};
}

}  // namespace

TEST_CASE("only an answer with the same id is ours") {
    using S = std::string;
    CHECK(read_answer(reply("/done", {S("/do"), S("7")}), "7"));
    CHECK(read_answer(reply("/fail", {S("/do"), S("7"), S("range"), S("no"), S("")}), "7"));
    CHECK_FALSE(read_answer(reply("/done", {S("/do"), S("8")}), "7"));
    CHECK_FALSE(read_answer(reply("/done", {S("/do")}), "7"));
    CHECK_FALSE(read_answer(reply("/event", {S("/do"), S("7")}), "7"));
}

TEST_CASE("people read the values in a row, numbers as short as they can be") {
    using S = std::string;
    const auto answer = read_answer(reply("/done", {S("/do"), S("7"), S("bass.cutoff"), 800.f, S("Hz"), 0.1f,
                                                    3, std::int64_t{1} << 40, 0.25, true, Nil{}}),
                                    "7");
    CHECK(for_people(*answer) == "bass.cutoff 800 Hz 0.1 3 1099511627776 0.25 true nil");
    CHECK(for_people(*read_answer(reply("/done", {S("/play"), S("7")}), "7")) == "done");
}

TEST_CASE("people read what was wrong and what works instead") {
    using S = std::string;
    CHECK(for_people(*read_answer(
              reply("/fail", {S("/do"), S("7"), S("unknown"), S("no bas; bass?"), S("set bass")}), "7")) ==
          "error: no bas; bass?\ntry: set bass");
    CHECK(for_people(*read_answer(reply("/fail", {S("/do"), S("7"), S("busy"), S("full"), S("")}), "7")) ==
          "error: full");
}

TEST_CASE("programs read one JSON object") {
    using S = std::string;
    CHECK(as_json(*read_answer(reply("/done", {S("/do"), S("7"), S("a \"b\"\n\xff"), 0.1f, 3, false, Nil{}}),
                               "7")) == R"({"ok":true,"address":"/do","values":["a \"b\"\n)"
                                        "\xef\xbf\xbd"
                                        R"(",0.1,3,false,null]})");
    CHECK(as_json(*read_answer(reply("/fail", {S("/do"), S("7"), S("busy"), S("full"), S("x")}), "7")) ==
          R"({"ok":false,"address":"/do","code":"busy","reason":"full","example":"x"})");
}
