// What is shown below a line while it is typed: what the command takes, and what the argument at the cursor
// may be.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "chronus/vocabulary.h"

namespace chronus::hand {

// The argument at the cursor stands between the other two.
struct Hint {
    std::string before, here, after;

    bool empty() const { return before.empty() && here.empty() && after.empty(); }
    bool operator==(const Hint&) const = default;
};

// Empty until a command has been typed and a space behind it.
Hint hint_for(std::string_view text, std::size_t cursor, const Vocabulary& vocabulary);

// The same, no wider than `width` columns.
Hint cut_to(Hint hint, std::size_t width);

// The parameter whose value is being typed, as "bass/cutoff", for whoever asks what it is now; empty if there
// is none.
std::string parameter_at(std::string_view text, std::size_t cursor, const Vocabulary& vocabulary);

}  // namespace chronus::hand
