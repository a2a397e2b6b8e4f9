#include "chronusd/play.h"

#include <fmt/format.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <thread>
#include <vector>

#include "audio/choose.h"
#include "chronusd/files.h"
#include "chronusd/shared_whereabouts.h"
#include "engine/cycles.h"
#include "engine/engine.h"
#include "host/module_path.h"
#include "osc/server.h"
#include "studio/console.h"
#include "studio/line.h"
#include "text/message_text.h"

namespace chronus {
namespace {

using Steady = std::chrono::steady_clock;

constexpr float kFadeOutSeconds = 0.02f;
constexpr auto kFadePatience = std::chrono::milliseconds(500);

std::atomic<bool> told_to_stop{false};
const Wire* wire_to_wake = nullptr;

void on_signal(int) {
    told_to_stop = true;
    if (wire_to_wake) wire_to_wake->wake();
}

void hear_signals(const Wire& wire) {
    wire_to_wake = &wire;
    struct sigaction action{};
    action.sa_handler = on_signal;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

// The studio's thread answers within a block: above what is not real time, below the audio. Where it is not
// allowed, it does without.
void ask_for_priority() {
    constexpr int kBelowAudio = 10;
    const sched_param priority{kBelowAudio};
    pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority);
}

// What has been touched once stays in memory. Only where no limit could make a later allocation fail.
void lock_memory() {
    rlimit limit{};
    const bool unlimited = getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
    if (unlimited || geteuid() == 0) mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
}

double measured_cycles_per_second() {
    const auto start = Steady::now();
    const std::uint64_t first = cycles();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const std::uint64_t last = cycles();
    return static_cast<double>(last - first) / std::chrono::duration<double>(Steady::now() - start).count();
}

struct Song {
    std::string file;
    std::vector<NumberedMessage> messages;
};

Result<Song> song_to_start_with(const Options& options) {
    if (options.empty) return Song{};
    const auto file = find_song(options.file.empty() ? "studio" : options.file);
    if (!file) return file.refusal();
    const auto text = read_file(*file);
    if (!text) return text.refusal();
    auto messages = read_lines(*text, file->string());
    if (!messages) return messages.refusal();
    return Song{file->string(), std::move(*messages)};
}

Result<Done> take_song(Console& console, const Song& song) {
    for (const auto& [message, number] : song.messages) {
        const Outcome outcome = console.take(message);
        const auto word = [&](std::size_t i) { return text_of(outcome.words.at(i)).value_or(""); };
        if (!outcome.done)
            return Refusal{"file", fmt::format("{}, line {}: {}", song.file, number, word(1)), word(2)};
    }
    return Done{};
}

void add_device(Words& words, const DeviceStatus& device) {
    const auto add = [&](const char* name, Argument value) {
        words.push_back(std::string(name));
        words.push_back(std::move(value));
    };
    add("device", device.name);
    add("device_frames", static_cast<std::int32_t>(device.frames));
    add("latency_ms", static_cast<float>(device.latency_seconds * 1000));
    add("xruns", static_cast<std::int64_t>(device.xruns));
    add("realtime", device.realtime_priority);
}

void add_process(Words& words, const Wire& wire) {
    const auto add = [&](const char* name, Argument value) {
        words.push_back(std::string(name));
        words.push_back(std::move(value));
    };
    add("version", std::string(CHRONUS_VERSION));
    add("process", static_cast<std::int32_t>(getpid()));
    add("port", static_cast<std::int32_t>(wire.port()));
    add("socket", wire.socket_path());
    add("receive_buffer", static_cast<std::int32_t>(wire.receive_buffer()));
    add("datagrams", static_cast<std::int64_t>(wire.received()));
    add("dropped", static_cast<std::int64_t>(wire.dropped()));
    add("unsent", static_cast<std::int64_t>(wire.unsent()));
}

// Two lines to paste into another terminal: they change what is heard of the rack that plays.
void say_what_next(const Console& console, const Wire& wire) {
    const Studio& studio = console.studio();
    std::string osc = "/create s kick", line = "'sequence kick: x...x...x...x...' play";
    const auto find = [&](const char* parameter) {
        for (const auto& [id, module] : studio.modules) {
            if (!console.types().find(module.type)->input(parameter)) continue;
            osc = fmt::format("/mod/{}/{} f 2500", id, parameter);
            line = fmt::format("'set {}.{} 600'", id, parameter);
            if (studio.tracks.empty()) line += fmt::format(" 'note {} C3'", id);
            return true;
        }
        return false;
    };
    if (studio.tracks.empty() ? !find("filter/freq") : !find("cutoff")) find("filter/freq");
    if (!studio.tracks.empty()) line += " 'tempo 140'";

    std::error_code none;
    const auto beside = std::filesystem::read_symlink("/proc/self/exe", none).parent_path().parent_path() / "chronus/chronus";
    std::string hand = std::filesystem::exists(beside, none) ? std::filesystem::proximate(beside, none).string() : "chronus";
    if (hand.starts_with("..")) hand = beside.string();
    if (wire.socket_path() != default_socket_path()) hand += " --socket " + wire.socket_path();
    fmt::print("In another terminal (Ctrl-C here stops):\n  oscsend localhost {} {}\n  {} {}\n", wire.port(), osc, hand, line);
}

// Ends in silence, not in a step: the device stops once the fade is over.
void fade_out(Console& console, Mailbox& mail) {
    bool over = false;
    console.on_faded_out = [&] { over = true; };
    mail.send({.kind = EventKind::fade_out, .value = kFadeOutSeconds});
    const auto until = Steady::now() + kFadePatience;
    while (!over && Steady::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        console.poll();
    }
    console.on_faded_out = nullptr;
}

}  // namespace

Result<Done> play(const Options& options) {
    const int rate = static_cast<int>(options.device.rate);
    const auto song = song_to_start_with(options);
    if (!song) return song.refusal();
    // Before the log is begun: a daemon that is there already may be writing it.
    auto wire = Wire::open(options.wire);
    if (!wire) return wire.refusal();
    const Library library = Library::scan(module_path());
    for (const Refusal& problem : library.problems()) fmt::print(stderr, "chronusd: {}\n", problem.reason);

    Mailbox mail;
    const auto whereabouts = share_whereabouts(options.whereabouts, mail);
    if (!whereabouts) return whereabouts;
    Console console(library, mail, rate);
    console.keep_patches_in(user_patch_folder());
    console.keep_presets_in(user_preset_folder());
    console.keep_builds_in(build_folder());
    console.find_modules_in([] { return module_path(); });
    for (const Refusal& problem : console.types().problems()) fmt::print(stderr, "chronusd: {}\n", problem.reason);
    if (!options.log.empty()) {
        auto log = SessionLog::open(options.log);
        if (!log) return log.refusal();
        console.write_log(std::move(*log));
    }
    console.begin_batch();
    console.take({"/session/start", {static_cast<std::int32_t>(rate), std::int32_t{1}}});
    console.log_builds_in(user_module_folder());
    const auto ready = take_song(console, *song);
    console.end_batch();
    if (!ready) return ready;

    std::string notice;
    auto device = open_device(options.device, notice);
    if (!device) return device.refusal();
    if (!notice.empty()) fmt::print(stderr, "chronusd: {}\n", notice);

    Engine engine(mail, rate, measured_cycles_per_second());
    const auto started = (*device)->start({&engine, [](void* context, float* stereo, std::uint32_t frames) noexcept {
        static_cast<Engine*>(context)->render(stereo, frames);
    }});
    if (!started) return started;
    hear_signals(**wire);
    ask_for_priority();
    lock_memory();
    console.device_status = [&](Words& words) { add_device(words, (*device)->status()); };
    console.about = [&](Words& words) { add_process(words, **wire); };
    console.set_lead(2 * CHRONUS_BLOCK + static_cast<std::int64_t>((*device)->status().frames));

    Server server(**wire, console, [&](std::int64_t ns) -> std::optional<double> {
        TimeFit fit;
        if (!(*device)->read_fit(fit)) return std::nullopt;
        return frame_at(fit, ns);
    });
    server.xruns = [&] { return (*device)->status().xruns; };
    fmt::print("chronusd: playing on {} at {} Hz; OSC on UDP port {} and {}\n", (*device)->status().name, rate,
               (*wire)->port(), (*wire)->socket_path());
    say_what_next(console, **wire);
    std::fflush(stdout);

    const auto end = Steady::now() + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(options.seconds));
    bool told_gone = false;
    server.run([&] {
        if (!told_gone && (*device)->status().gone) {
            told_gone = true;
            fmt::print(stderr, "chronusd: {} is gone: nothing plays until the daemon is started again\n", (*device)->status().name);
        }
        return !told_to_stop && (options.seconds == 0 || Steady::now() < end);
    });
    console.take({"/session/end", {}});
    if (!(*device)->status().gone) fade_out(console, mail);
    (*device)->stop();
    console.poll();
    wire_to_wake = nullptr;
    return Done{};
}

}  // namespace chronus
