// Completion in the shell: the script, and what it asks for. Nothing of it is written by hand: options come
// from the command line's own table, lines from the daemon that runs.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "chronus/completion.h"
#include "chronus/hint.h"
#include "chronus/vocabulary.h"

namespace chronus::hand {

// For "bash" and "zsh"; eval takes it.
std::string completion_script(std::string_view shell);

// How the shell's helper learns of lines.
struct LineHelp {
    std::function<Completion(const std::string& line)> complete;
    std::function<Hint(const std::string& line)> hint;
};

// What may stand in the place of `typed`, the word at the shell's cursor with the quote that it may begin
// with. Within quotes it is a line; else an option or subcommand, or a command. Never one line alone, as a
// shell would close its quote: what may follow is added, or the hint in angle brackets.
std::vector<std::string> shell_candidates(const std::string& typed, const std::vector<std::string>& words,
                                          const Vocabulary& vocabulary, const LineHelp& help);

}  // namespace chronus::hand
