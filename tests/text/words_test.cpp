#include "text/words.h"

#include <initializer_list>

#include "catch.h"

using namespace chronus;

namespace {

std::vector<std::string> texts(std::string_view line, WordOptions options = {}) {
    const auto words = split_words(line, options);
    REQUIRE(words);
    std::vector<std::string> found;
    for (const SplitWord& word : *words) found.push_back(word.text);
    return found;
}

using Texts = std::vector<std::string>;
constexpr WordOptions kArrows{.split_arrows = true};

}  // namespace

TEST_CASE("Words stand between white space of any kind") {
    CHECK(texts("create kick\tk  freq=52\r\n") == Texts{"create", "kick", "k", "freq=52"});
    CHECK(texts("").empty());
    CHECK(texts(" \t ").empty());
}

TEST_CASE("A quoted string is one word, without its quotes") {
    CHECK(texts(R"(save patch "deep groove")") == Texts{"save", "patch", "deep groove"});
    CHECK(texts(R"("")") == Texts{""});
    CHECK(texts(R"(name="two words" x)") == Texts{"name=two words", "x"});
}

TEST_CASE("Quotes and backslashes can be written inside quotes") {
    CHECK(texts(R"("say \"hi\" \\ now")") == Texts{R"(say "hi" \ now)"});
    CHECK(texts(R"("two\nlines")") == Texts{"two\nlines"});
    CHECK(texts(R"("a\b" c\d)") == Texts{R"(a\b)", R"(c\d)"});
}

TEST_CASE("A word knows where it began and whether it was quoted") {
    const auto words = split_words(R"(say  "1" 1)");
    REQUIRE(words);
    CHECK(*words == std::vector<SplitWord>{{"say", 1, false}, {"1", 6, true}, {"1", 10, false}});
}

TEST_CASE("A # begins a comment where a word would begin, and nowhere else") {
    CHECK(texts("play # all of it") == Texts{"play"});
    CHECK(texts("# nothing").empty());
    CHECK(texts("play #1") == Texts{"play"});
    CHECK(texts("melody bass: F#3 voice#0 C#") == Texts{"melody", "bass:", "F#3", "voice#0", "C#"});
    CHECK(texts(R"("# no comment" x)") == Texts{"# no comment", "x"});
}

TEST_CASE("An arrow is a word of its own only where that is asked for") {
    CHECK(texts("patch a>b > out", kArrows) == Texts{"patch", "a", ">", "b", ">", "out"});
    CHECK(texts("C2> a>b") == Texts{"C2>", "a>b"});
    CHECK(texts(R"("a>b">c)", kArrows) == Texts{"a>b", ">", "c"});
    CHECK(split_words("a>b", kArrows)->at(2).column == 3);
}

TEST_CASE("An unclosed quote is refused with a caret below it") {
    const auto words = split_words("save \"deep");
    REQUIRE_FALSE(words);
    CHECK(words.refusal().code == "syntax");
    CHECK(words.refusal().reason == "column 6: this quote is never closed\n  save \"deep\n       ^");
    CHECK(split_words(words.refusal().example));
}

TEST_CASE("A quote in a place where it could mean two things is refused") {
    CHECK_FALSE(split_words(R"(say 5"x)"));
    CHECK_FALSE(split_words(R"("a"b)"));
    CHECK_FALSE(split_words(R"("a\")"));
}

TEST_CASE("a printed word is read back as the same text", "[words]") {
    for (const std::string text : {"kick", "two words", "", "#", "F#3", "a\"b", "back\\slash", "a>b", "tab\there", "1e3"}) {
        CAPTURE(text);
        const auto words = split_words("say " + print_word(text) + " again", {.split_arrows = true});
        REQUIRE(words);
        REQUIRE(words->size() == 3);
        CHECK((*words)[1].text == text);
    }
    // What would be taken for a number, and printed otherwise, is in quotes.
    CHECK(print_word("7") == "7");
    CHECK(print_word("07") == "\"07\"");
    CHECK(print_word("1e3") == "\"1e3\"");
    CHECK(print_word("kick") == "kick");
}
