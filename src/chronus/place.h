// Where in a line that was refused the fault is, so that a caret can stand below it.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "refusal/refusal.h"

namespace chronus::hand {

// Where the caret of the reason stands in the line, in bytes from 0; behind its end if something is missing there. Nothing
// where the reason shows no place.
std::optional<std::size_t> place_of_fault(std::string_view line, const Refusal& refusal);

// The reason alone, without the text and the caret that some bring along.
std::string first_line_of(const std::string& reason);

// A refusal as it is shown to a person. With `indent`, the line stands right above on the terminal, that many
// columns from its edge, and the caret goes first; else the reason shows a part of the line itself.
std::string refusal_shown(std::string_view line, const Refusal& refusal, std::optional<std::size_t> indent);

}  // namespace chronus::hand
