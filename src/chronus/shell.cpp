#include "chronus/shell.h"

#include <algorithm>

namespace chronus::hand {
namespace {

constexpr std::string_view kBash = R"(# Completes chronus in bash; made by: chronus --completion bash
_chronus() {
    local word=${COMP_WORDS[COMP_CWORD]} IFS=$'\n'
    COMPREPLY=()
    case ${COMP_WORDS[COMP_CWORD-1]} in --*) compopt -o default ;; esac
    COMPREPLY=($("${COMP_WORDS[0]}" --complete=."$word" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null))
    compopt -o nospace
}
complete -F _chronus chronus
)";

constexpr std::string_view kZsh = R"(# Completes chronus in zsh; made by: chronus --completion zsh
_chronus() {
    local -a found
    found=("${(@f)$("${words[1]}" --complete=."${compstate[quote]}$PREFIX" "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)}")
    [[ -n ${found[1]} ]] && compadd -Q -U -S '' -- "${found[@]}" || _default
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _chronus chronus
)";

constexpr int kFar = 4;  // words that follow by themselves

bool is_quote(char c) {
    return c == '\'' || c == '"';
}

// A command that says something by itself.
bool is_complete(const Phrase& phrase) {
    return std::all_of(phrase.slots.begin(), phrase.slots.end(),
                       [](const Slot& slot) { return slot.optional; });
}

std::vector<std::string> line_candidates(std::string line, const LineHelp& help) {
    Completion completion = help.complete(line);
    // The only one is taken as typed, and what follows it is offered.
    for (int step = 0; step < kFar && completion.candidates.size() == 1; ++step) {
        line =
            line.substr(0, completion.begin) + completion.candidates[0].text + completion.candidates[0].end;
        completion = help.complete(line);
        if (!completion.candidates.empty()) continue;
        const Hint hint = help.hint(line);
        return {line, line + "<" + (hint.here.empty() ? "the end of the line" : hint.here) + ">"};
    }
    std::vector<std::string> found;
    for (const Candidate& candidate : completion.candidates)
        found.push_back(line.substr(0, completion.begin) + candidate.text);
    return found;
}

}  // namespace

std::string completion_script(std::string_view shell) {
    return std::string(shell == "zsh" ? kZsh : kBash);
}

std::vector<std::string> shell_candidates(const std::string& typed, const std::vector<std::string>& words,
                                          const Vocabulary& vocabulary, const LineHelp& help) {
    if (!typed.empty() && is_quote(typed[0])) return line_candidates(typed.substr(1), help);
    std::vector<std::string> found;
    for (const std::string& word : words)
        if (word.starts_with(typed) && (word.starts_with('-') == typed.starts_with('-')))
            found.push_back(word + " ");
    if (typed.starts_with('-')) return found;
    // What takes more words has to stand in quotes.
    for (const Phrase& phrase : vocabulary.phrases)
        if (phrase.name.starts_with(typed) && phrase.name.starts_with('/') == typed.starts_with('/') &&
            !phrase.name.ends_with('*'))
            found.push_back(is_complete(phrase) ? phrase.name + " " : "'" + phrase.name + " ");
    return found;
}

}  // namespace chronus::hand
