// Splits what a person typed into words. Knows quotes and comments; what the words mean is for others to say.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "refusal/refusal.h"

namespace chronus {

struct SplitWord {
    std::string text;     // without the quotes, escapes undone
    int column = 1;       // where it begins in the line, counted in bytes from 1
    bool quoted = false;  // it began with a quote, so it is meant as text even if it looks like a number

    bool operator==(const SplitWord&) const = default;
};

struct WordOptions {
    bool split_arrows = false;  // "a>b" is three words; in notes it is false, as "C2>" is one
};

// A # where a word would begin is a comment to the end of the line; inside a word (F#3, voice#0) it is a
// letter. Quotes may begin a word, or the value in name="two words".
Result<std::vector<SplitWord>> split_words(std::string_view line, WordOptions options = {});

// True if it stands for itself in a line, without quotes.
bool is_one_word(std::string_view text);

// A text as a word of a line that is read back as the same text: in quotes only where it would be taken for several
// words, a comment, an arrow or a number that is written otherwise.
std::string print_word(std::string_view text);

}  // namespace chronus
