// chronus: says lines to chronusd and shows the answers. Exits 0 only if all was done.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <sstream>

#include "chronus/conversation.h"
#include "chronus/prompt.h"

namespace {

using namespace chronus::hand;

struct Options {
    std::vector<std::string> lines;
    Place place;
    bool json = false;
    double timeout_seconds = 1;
};

constexpr const char* kFooter =
    "\nExamples:\n"
    "  chronus 'create kick k freq=52' 'sequence k: x...x...x...x...' play\n"
    "  chronus '/mod/voice2/filter/freq 800'    an OSC message as it stands\n"
    "  chronus < song.chr                       a line at a time\n"
    "  chronus                                  a prompt; Ctrl-D or quit leaves it and the music goes on";

void declare(CLI::App& app, Options& options) {
    app.add_option("lines", options.lines,
                   "Lines to say, each in quotes; without any they are read from stdin");
    auto* port = app.add_option("--port", options.place.port, "The daemon's UDP port (5005)")
                     ->check(CLI::Range(1, 65'535));
    app.add_option("--socket", options.place.socket_path, "The daemon's UNIX socket")->excludes(port);
    app.add_flag("--json", options.json, "One JSON object a line for each answer");
    app.add_option("--timeout", options.timeout_seconds, "Seconds to wait for an answer (1)")
        ->check(CLI::Range(0.001, 86'400.0));
    app.set_version_flag("--version", CHRONUS_VERSION);
    app.footer(kFooter);
}

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

// Here quit leaves the prompt, as it does everywhere; only /quit ends the music.
void converse(Conversation& conversation) {
    Prompt prompt;
    while (const auto line = prompt.read()) {
        if (*line == "quit" || *line == "exit") {
            fmt::print("The music goes on; /quit stops it.\n");
            return;
        }
        conversation.say(*line);
    }
    fmt::print("\n");
}

}  // namespace

int main(int count, char** words) {
    Options options;
    CLI::App app{"The hand that plays Music Chronus: says lines to chronusd and shows the answers",
                 "chronus"};
    declare(app, options);
    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& stop) {
        return app.exit(stop) == 0 ? 0 : 1;
    }

    const std::chrono::duration<double> timeout(options.timeout_seconds);
    DaemonLink link(options.place, std::chrono::duration_cast<DaemonLink::Clock::duration>(timeout));
    Conversation conversation(std::move(link), options.json);
    if (!options.lines.empty())
        say_all(conversation, options.lines);
    else if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        converse(conversation);
    else
        read_lines(conversation);
    return conversation.all_done() ? 0 : 1;
}
