#include "chronusd/options.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdlib>

namespace chronus {
namespace {

// A range lets NaN through.
std::string number_fault(const std::string& text) {
    return std::isnan(std::strtod(text.c_str(), nullptr)) ? "Value " + text + " is no number" : "";
}

}  // namespace

std::optional<Options> read_options(int count, char** words, int& status) {
    Options options;
    CLI::App app{"Music Chronus: a synthesizer that a person and an agent play together, by OSC."};
    app.set_version_flag("--version", CHRONUS_VERSION);
    app.add_option("file", options.file, "the rack to start with (.chr); default: the classic studio");
    app.add_flag("--empty", options.empty, "start with an empty rack");
    app.add_option("--device", options.device.name, "where to play: null, an index, or a part of a name");
    app.add_flag("--list-devices", options.list_devices, "the devices there are");
    app.add_option("--rate", options.device.rate, "frames a second")->check(CLI::Range(8000, 384000));
    app.add_option("--frames", options.device.frames, "frames the device asks for at once")->check(CLI::Range(0, 65536));
    app.add_option("--port", options.wire.port, "UDP port on 127.0.0.1");
    app.add_option("--socket", options.wire.socket_path, "UNIX socket");
    app.add_option("--seconds", options.seconds, "stop after so long")->check(CLI::Range(0.0, 1e9))->check(number_fault);
    app.add_option("--whereabouts", options.whereabouts, "keep in this file which module type is run, for whoever outlives a crash");
    app.add_option("--log", options.log, "write the session log here, not into the folder of sessions");
    app.add_flag("--no-log", options.no_log, "write no session log, and nothing to resume from");
    app.add_option("--past", options.past_minutes, "minutes of what was heard that are kept; 0: none")->check(CLI::Range(0.0, 240.0))->check(number_fault);
    app.add_flag("--resume", options.resume, "go on where the last one ended, whatever ended it");
    app.add_flag("--keep-alive", options.keep_alive, "start it again when it dies, to go on where it was");
    app.add_flag("--kept", options.kept, "")->group("");
    app.add_option("--reference", options.reference, "print the reference of osc or modules as Markdown")
        ->check(CLI::IsMember({"osc", "modules"}));
    app.add_option("--figures", options.figures, "with --reference modules: a file of measured figures")->check(CLI::ExistingFile);
    app.add_option("--render", options.render, "render a .chr file or a log instead of playing");
    app.add_option("--out", options.out, "the file to render to: .wav or .flac");
    app.add_option("--samples", options.samples, "float, 24 or 16")->check(CLI::IsMember({"float", "24", "16"}));
    app.add_option("--bars", options.bars, "how much of a song to render")->check(CLI::Range(1, 100000));
    app.add_option("--tail", options.tail, "seconds to render after its end")->check(CLI::Range(0.0, 3600.0))->check(number_fault);
    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        status = app.exit(error) == 0 ? 0 : 1;
        return std::nullopt;
    }
    return options;
}

}  // namespace chronus
