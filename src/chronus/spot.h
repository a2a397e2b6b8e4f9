// Where in a line somebody is typing: which command, which of its arguments, and what has been typed of it.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "chronus/vocabulary.h"

namespace chronus::hand {

struct Spot {
    std::vector<std::string> words;  // those that are complete, the command's name first
    std::string typed;               // of the word at the cursor
    std::size_t begin = 0;           // where that word begins in the text, in bytes
    bool within_quotes = false;      // the word at the cursor began with a quote that is open
    const Phrase* phrase = nullptr;  // null for the first word, and where the command is unknown
    const Slot* slot = nullptr;      // null where the command takes no more

    // Of a slot that stands for several kinds: "id", "parameter=value", "quiet".
    std::vector<std::string> kinds() const;
    // The parameter whose value is being typed, as "bass/cutoff"; empty if it is no value.
    std::string parameter() const;
    // The type that is named before it: of create, load, add. Empty if there is none.
    std::string type() const;
};

// `text` ends at the cursor. Behind `at "next bar"` it is the line that waits.
Spot spot_in(std::string_view text, const Vocabulary& vocabulary);

// Types that the line speaks of and whose ports are not known yet.
std::vector<std::string> types_wanted(std::string_view text, const Vocabulary& vocabulary);

}  // namespace chronus::hand
