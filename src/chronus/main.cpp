// chronus: says lines to chronusd and shows the answers. Exits 0 only if all was done.
#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <sstream>

#include "chronus/conversation.h"
#include "chronus/doctor.h"
#include "chronus/module_job.h"
#include "chronus/options.h"
#include "chronus/prompt.h"
#include "chronus/shell.h"
#include "chronus/top.h"
#include "chronus/tutor.h"

namespace {

using namespace chronus::hand;

// An argument may be many lines, as in chronus "$(cat song.chr)".
void say_all(Conversation& conversation, const std::vector<std::string>& arguments) {
    for (const std::string& argument : arguments) {
        std::istringstream lines(argument);
        for (std::string line; !conversation.alone() && std::getline(lines, line);) conversation.say(line);
    }
}

void read_lines(Conversation& conversation) {
    std::size_t number = 0;
    for (std::string line; !conversation.alone() && std::getline(std::cin, line);)
        conversation.say(line, ++number);
}

constexpr const char* kLeaves = "Leaves the prompt; the music goes on.";

// What the prompt understands by itself.
Completion with_own_words(Completion completion) {
    for (Candidate& candidate : completion.candidates)
        if (candidate.text == "quit" && completion.begin == 0) candidate.note = kLeaves;
    return completion;
}
Hint with_own_words(std::string_view text, Hint hint) {
    const bool leaves = text.starts_with("quit ") || text.starts_with("exit ");
    return leaves ? Hint{"", "", kLeaves} : hint;
}

// Here quit leaves the prompt, as it does everywhere; only /quit ends the music.
void converse(Conversation& conversation, const Options& options) {
    Tutor tutor(options.place);
    Prompt prompt({[&](std::string_view text, std::size_t cursor) {
                       return with_own_words(tutor.complete(text, cursor));
                   },
                   [&](std::string_view text, std::size_t cursor) {
                       return with_own_words(text, tutor.hint(text, cursor));
                   }});
    while (const auto line = prompt.read()) {
        if (*line == "quit" || *line == "exit") {
            fmt::print("The music goes on; /quit stops it.\n");
            return;
        }
        conversation.say(*line, 0, prompt.fits(*line) ? std::optional(Prompt::kIndent) : std::nullopt);
        tutor.forget();
    }
    fmt::print("\n");
}

bool examine(const Options& options) {
    const std::vector<Finding> findings = diagnose(gather(options.place, CHRONUS_VERSION));
    for (const Finding& finding : findings)
        fmt::print("{}\n", options.json ? as_json(finding) : for_people(finding));
    return is_sound(findings);
}

bool watch(const Options& options) {
    const auto watched = top(options.place);
    if (!watched)
        fmt::print(stderr, "error: {}\ntry: {}\n", watched.refusal().reason, watched.refusal().example);
    return static_cast<bool>(watched);
}

// The word comes behind a dot, so that it is never empty.
void complete_in_shell(const Options& options) {
    const std::string typed = options.complete->substr(std::min<std::size_t>(1, options.complete->size()));
    Tutor tutor(options.place);
    tutor.complete("", 0);
    const LineHelp help{[&](const std::string& line) { return tutor.complete(line, line.size()); },
                        [&](const std::string& line) { return tutor.hint(line, line.size()); }};
    for (const std::string& word : shell_candidates(typed, options.words, tutor.vocabulary(), help))
        fmt::print("{}\n", word);
}

bool say(const Options& options) {
    const std::chrono::duration<double> timeout(options.timeout_seconds);
    DaemonLink link(options.place, std::chrono::duration_cast<DaemonLink::Clock::duration>(timeout));
    Conversation conversation(std::move(link), options.json);
    if (!options.lines.empty())
        say_all(conversation, options.lines);
    else if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        converse(conversation, options);
    else
        read_lines(conversation);
    return conversation.all_done();
}

}  // namespace

int main(int count, char** words) {
    int status = 0;
    const auto options = read_options(count, words, status);
    if (!options) return status;
    if (options->complete) {
        complete_in_shell(*options);
        return 0;
    }
    if (!options->completion.empty()) {
        fmt::print("{}", completion_script(options->completion));
        return 0;
    }
    if (options->top) return watch(*options) ? 0 : 1;
    if (!options->module.verb.empty()) return work_on(options->module, options->place) ? 0 : 1;
    if (options->doctor) return examine(*options) ? 0 : 1;
    return say(*options) ? 0 : 1;
}
