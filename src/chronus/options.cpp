#include "chronus/options.h"

#include <CLI/CLI.hpp>

namespace chronus::hand {
namespace {

constexpr const char* kFooter =
    "\nExamples:\n"
    "  chronus 'create kick k freq=52' 'sequence k: x...x...x...x...' play\n"
    "  chronus '/mod/voice2/filter/freq 800'    an OSC message as it stands\n"
    "  chronus < song.chr                       a line at a time\n"
    "  chronus                                  a prompt; Ctrl-D or quit leaves it and the music goes on\n"
    "  eval \"$(chronus --completion bash)\"      Tab completes in the shell too";

void declare(CLI::App& app, ModuleJob& job) {
    const auto verb = [&](const char* name, const char* help) {
        return app.add_subcommand(name, help)->fallthrough()->callback([&job, name] { job.verb = name; });
    };
    const auto named = [&](const char* name, const char* help) {
        CLI::App* command = verb(name, help);
        command->add_option("name", job.name, "The type's name")->required();
        return command;
    };
    CLI::App* fresh = named("new", "Write the source of a new type, which compiles and makes a sound");
    auto* kind = fresh->add_option("--kind", job.kind, "oscillator, filter, effect, modulator, drum or buffer (effect)")
                     ->check(CLI::IsMember({"oscillator", "filter", "effect", "modulator", "drum", "buffer"}));
    auto* like = fresh->add_option("--like", job.like, "Another type, whose source it begins with")->excludes(kind);
    fresh->add_option("--patch", job.patch, "A module on the rack: it and what belongs to it become the type")->excludes(kind)->excludes(like);
    fresh->add_flag("--here", job.here, "In modules/ of this source tree, not among your own");
    named("build", "Compile it as the daemon's own are");
    verb("watch", "Build and reload whatever is saved, until Ctrl-C")->add_option("name", job.name, "One type only");
    verb("list", "The types there are, their builds and files");
    named("info", "What is known of a type");
    named("doc", "What it does, and its parameters");
    named("test", "Try it as the library's own are tried, and draw its picture")->add_option("--folder", job.folder, "Where the picture goes (.)");
    named("bench", "What it costs");
    app.require_subcommand(1);
}

void declare(CLI::App& app, Options& options) {
    app.add_option("lines", options.lines,
                   "Lines to say, each in quotes; without any they are read from stdin");
    auto* port = app.add_option("--port", options.place.port, "The daemon's UDP port (5005)")
                     ->check(CLI::Range(1, 65'535));
    app.add_option("--socket", options.place.socket_path, "The daemon's UNIX socket")->excludes(port);
    app.add_flag("--json", options.json, "One JSON object a line for each answer");
    app.add_option("--timeout", options.timeout_seconds, "Seconds to wait for an answer (1)")
        ->check(CLI::Range(0.001, 86'400.0));
    app.add_option("--completion", options.completion, "Print the script that completes in a shell")
        ->check(CLI::IsMember({"bash", "zsh"}));
    app.add_option("--complete", options.complete, "")->group("");  // what those scripts ask
    app.add_subcommand("top", "Watch meters, tracks, load and cost; q quits")->fallthrough();
    app.add_subcommand("doctor", "Look for what is wrong and tell what mends it")->fallthrough();
    declare(*app.add_subcommand("module", "Make module types while they play")->fallthrough(), options.module);
    app.require_subcommand(0, 1);
    app.set_version_flag("--version", CHRONUS_VERSION);
    app.footer(kFooter);
}

std::vector<std::string> words_of(const CLI::App& app) {
    std::vector<std::string> words;
    for (const CLI::Option* option : app.get_options())
        if (!option->get_group().empty())
            for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
    for (const CLI::App* command : app.get_subcommands(nullptr)) words.push_back(command->get_name());
    return words;
}

}  // namespace

std::optional<Options> read_options(int count, char** words, int& status) {
    Options options;
    CLI::App app{"The hand that plays Music Chronus: says lines to chronusd and shows the answers",
                 "chronus"};
    declare(app, options);
    try {
        app.parse(count, words);
        if (!app.get_subcommands().empty() && !options.lines.empty() && !options.complete)
            throw CLI::ExtrasError(app.get_subcommands()[0]->get_name(), options.lines);
    } catch (const CLI::ParseError& stop) {
        status = app.exit(stop) == 0 ? 0 : 1;
        return std::nullopt;
    }
    options.top = app.got_subcommand("top");
    options.doctor = app.got_subcommand("doctor");
    options.words = words_of(app);
    return options;
}

}  // namespace chronus::hand
