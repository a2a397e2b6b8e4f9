// What a message and its arguments say, as types, as numbers and as text.
#pragma once
#include <optional>
#include <string>

#include "text/message.h"

namespace chronus {

// One line for a person: /mod/bass/cutoff 800. Strings are in quotes only where they would be taken for
// something else.
std::string print_message(const Message& message);

// An OSC type string without its comma.
std::string types_of(const Message& message);

// For whoever got it in place of another: the text fast, the number 3, nil.
std::string described(const Argument& argument);

// Numbers, on and off as 1 and 0, and strings that hold a number. It may be NaN or infinite: the caller
// checks.
std::optional<double> number_of(const Argument& argument);

// Strings and numbers. A float keeps its dot ("41.0"), because in a list of notes a dot means hertz.
std::optional<std::string> text_of(const Argument& argument);

}  // namespace chronus
