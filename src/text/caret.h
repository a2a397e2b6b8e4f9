// Shows where in a text something is wrong, for eyes and for programs: a column, the text, and a caret
// beneath it.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace chronus {

// "line 3, column 5: what" above the text and the caret; the line is left out if 0, as for a text of one
// line. `at` counts bytes from 0. Columns are told from 1, in characters. Of a long text only the
// surroundings are shown.
std::string point_at(std::string_view what, std::string_view text, std::size_t at, std::size_t line = 0);

// A reason with the line it is about below, and a caret beneath the word that it complains of ("bass has no parameter
// zing"), or at the line's end where something is missing. The reason as it stands where it names no word of the line, or
// shows a place already.
std::string point_at_fault(std::string_view code, std::string_view reason, std::string_view line);

// A word for use within a sentence: on one line, and cut where it is long.
std::string excerpt(std::string_view word);

// How many bytes the character that begins at `at` has in UTF-8, so that it can be shown whole.
std::size_t character_length(std::string_view text, std::size_t at);

}  // namespace chronus
