#include "chronusd/render.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "audio/audio_file.h"
#include "chronusd/files.h"
#include "host/module_path.h"
#include "render/offline.h"
#include "text/message_text.h"

namespace chronus {
namespace {

SampleFormat samples_of(const std::string& name) {
    return name == "24" ? SampleFormat::pcm24 : name == "16" ? SampleFormat::pcm16 : SampleFormat::float32;
}

void show_progress(double part, double seconds) {
    const int width = 40, full = static_cast<int>(part * width);
    fmt::print(stderr, "\r[{:#<{}}{:.<{}}] {:3.0f} %  {:.1f} s", "", full, "", width - full, part * 100, seconds);
    if (part >= 1) fmt::print(stderr, "\n");
    std::fflush(stderr);
}

}  // namespace

Result<Done> render(const Options& options) {
    const auto file = find_song(options.render);
    if (!file) return file.refusal();
    const auto text = read_file(*file);
    if (!text) return text.refusal();
    const auto home = find_song("studio");
    const auto studio = home ? read_file(*home) : Result<std::string>(home.refusal());
    const int asked_rate = static_cast<int>(options.device.rate);
    const bool log = is_log(*text);
    if (log && !studio) return studio.refusal();
    const auto recital = log ? read_session(*text, file->string(), *studio, asked_rate) : read_song(*text, file->string());
    if (!recital) return recital.refusal();
    const int rate = recital->rate > 0 ? recital->rate : asked_rate;

    const Library library = Library::scan(module_path());
    for (const Refusal& problem : library.problems()) fmt::print(stderr, "chronusd: {}\n", problem.reason);
    Offline offline(library, rate);
    offline.console().keep_patches_in(user_patch_folder());
    offline.console().keep_presets_in(user_preset_folder());
    offline.console().keep_builds_in(build_folder());
    for (const Refusal& problem : offline.console().types().problems()) fmt::print(stderr, "chronusd: {}\n", problem.reason);
    offline.console().on_fault = [&](const std::string& path, std::int64_t frame) {
        fmt::print(stderr, "chronusd: {} was muted at {:.3f} s: its output ran away\n", path, static_cast<double>(frame) / rate);
    };
    auto out = AudioFile::create({.path = options.out, .rate = static_cast<double>(rate), .samples = samples_of(options.samples)});
    if (!out) return out.refusal();
    if (!out->note().empty()) fmt::print(stderr, "chronusd: {}\n", out->note());

    std::size_t refusals = 0;
    Result<Done> failed = Done{};
    const auto refused = [&](const Recital::Line& line, const Outcome& outcome) {
        ++refusals;
        const std::string reason = text_of(outcome.words.at(1)).value_or("");
        // A song that names what is not there is a mistake of the file; a log is what happened, refusals and all.
        if (recital->is_song && !failed) return;  // what follows may only follow from the first
        if (recital->is_song) failed = Refusal{"file", fmt::format("{}, line {}: {}", file->string(), line.number, reason), ""};
        else fmt::print(stderr, "chronusd: at {:.3f} s: {}: {}\n", static_cast<double>(line.frame) / rate, print_message(line.message), reason);
    };
    offline.feed(*recital, refused);
    if (!failed) return failed;
    const std::int64_t tail = static_cast<std::int64_t>(options.tail * rate);
    std::int64_t end = recital->is_song || options.bars > 0 ? offline.end_of_song(options.bars) : recital->last_frame();
    std::int64_t all = end + tail;

    const bool shows = isatty(STDERR_FILENO);
    float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK], stereo[2 * CHRONUS_BLOCK];
    std::int64_t next_shown = 0;
    bool stopped = false;
    while (offline.frame() < all) {
        const std::int64_t begin = offline.frame();
        if (recital->is_song && !stopped) all = (end = offline.end_of_song(options.bars)) + tail;  // the tempo may move
        if (recital->is_song && !stopped && begin + CHRONUS_BLOCK > end) {
            offline.console().take({"/stop", {}}, end);
            stopped = true;
        }
        offline.feed(*recital, refused);
        offline.block(left, right);
        for (int i = 0; i < CHRONUS_BLOCK; ++i) {
            stereo[2 * i] = left[i];
            stereo[2 * i + 1] = right[i];
        }
        const auto written = out->write(stereo, static_cast<std::uint32_t>(std::min<std::int64_t>(CHRONUS_BLOCK, all - begin)));
        if (!written) return written;
        if (shows && begin >= next_shown) {
            show_progress(static_cast<double>(begin) / static_cast<double>(all), static_cast<double>(begin) / rate);
            next_shown = begin + rate;
        }
    }
    if (shows) show_progress(1, static_cast<double>(all) / rate);
    const auto closed = out->close();
    if (!closed) return closed;
    fmt::print("{}: {:.3f} s at {} Hz, {} messages, {} refused\n", options.out, static_cast<double>(all) / rate, rate,
               recital->lines.size(), refusals);
    return Done{};
}

}  // namespace chronus
