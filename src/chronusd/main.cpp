#include <fmt/format.h>

#include <cstdio>

#include "audio/portaudio_session.h"
#include "chronusd/files.h"
#include "chronusd/keep_alive.h"
#include "chronusd/options.h"
#include "chronusd/play.h"
#include "chronusd/render.h"
#include "host/module_path.h"
#include "studio/schema.h"

int main(int count, char** words) {
    int status = 0;
    const auto options = chronus::read_options(count, words, status);
    if (!options) return status;
    if (options->list_devices) {
        for (const chronus::OutputDevice& device : chronus::list_devices())
            fmt::print("{:3} {}\n", device.index, device.full_name());
        fmt::print("    null: no sound, kept in time by a clock\n");
        return 0;
    }
    if (!options->reference.empty()) {
        const chronus::Types types(chronus::Library::scan(chronus::module_path()));
        const chronus::Result<std::string> figures = options->figures.empty() ? std::string() : chronus::read_file(options->figures);
        if (!figures) {
            fmt::print(stderr, "chronusd: {}\n", figures.refusal().reason);
            return 1;
        }
        fmt::print("{}", options->reference == "osc" ? chronus::command_reference()
                                                     : chronus::module_reference(types, chronus::read_figures(*figures)));
        return 0;
    }
    if (options->keep_alive && options->render.empty()) return chronus::keep_alive(*options, {words, words + count});
    const auto done = options->render.empty() ? chronus::play(*options) : chronus::render(*options);
    if (done) return 0;
    fmt::print(stderr, "chronusd: {}\n", done.refusal().reason);
    if (!done.refusal().example.empty()) fmt::print(stderr, "try: {}\n", done.refusal().example);
    return 1;
}
