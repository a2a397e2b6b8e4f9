// What may follow: the words that can stand at the cursor.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "chronus/vocabulary.h"

namespace chronus::hand {

struct Candidate {
    std::string text;  // the whole word
    std::string note;  // what it is, in a few words; may be empty
    std::string end =
        " ";  // what follows it once it is the only one: "." after a module whose parameter is wanted

    bool operator==(const Candidate&) const = default;
};

struct Completion {
    std::size_t begin = 0;              // where the word begins that they complete, in bytes
    std::vector<Candidate> candidates;  // by name; all begin with what has been typed
};

// `cursor` counts bytes; what is behind it does not matter.
Completion complete(std::string_view text, std::size_t cursor, const Vocabulary& vocabulary);

// The longest beginning that they share, and the end if there is only one.
std::string common_beginning(const std::vector<Candidate>& candidates);

// For a terminal of `width` columns: a line each with what they are if they are few, else in columns; at most
// `rows` lines, the last one tells how many were left out. Each line ends with a newline.
std::string listed(const std::vector<Candidate>& candidates, std::size_t width, std::size_t rows);

}  // namespace chronus::hand
