#include "chronusd/play.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <thread>
#include <vector>

#include "audio/choose.h"
#include "audio/render_call.h"
#include "chronusd/admission.h"
#include "chronusd/errands.h"
#include "chronusd/resume.h"
#include "chronusd/rights.h"
#include "chronusd/shared_whereabouts.h"
#include "chronusd/song.h"
#include "chronusd/state.h"
#include "chronusd/tell.h"
#include "engine/cycles.h"
#include "engine/engine.h"
#include "host/module_path.h"
#include "osc/server.h"
#include "record/recorder.h"
#include "studio/console.h"
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

double measured_cycles_per_second() {
    const auto start = Steady::now();
    const std::uint64_t first = cycles();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const std::uint64_t last = cycles();
    return static_cast<double>(last - first) / std::chrono::duration<double>(Steady::now() - start).count();
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

// The engine, at the frame at which it begins to be asked for sound.
struct Playing {
    Engine& engine;
    std::optional<TimeFit> line;        // of a device that was: to go on with
    std::atomic<std::int64_t> first{0}; // the frame of the engine that the device calls its first

    void render(float* stereo, std::uint32_t frames) noexcept {
        if (line) {
            const double due = std::max(frame_at(*line, monotonic_ns()), 0.0);
            first = static_cast<std::int64_t>(due / static_cast<double>(CHRONUS_BLOCK) + 0.5) * CHRONUS_BLOCK;
            engine.begin_at(first);
            line.reset();
        }
        engine.render(stereo, frames);
    }
};

// What a song sets before it plays.
int bpm_of(const SongFile& song) {
    double bpm = Studio{}.tempo / 1000.0;
    for (const auto& [message, line] : song.messages)
        if (message.address == "/tempo" && !message.arguments.empty()) bpm = number_of(message.arguments[0]).value_or(bpm);
    return static_cast<int>(bpm);
}

// In the folder of sessions it is named by its beginning and its tempo.
Result<Done> begin_log(Console& console, const Options& options, const State& state, int bpm) {
    if (options.no_log || (options.log.empty() && !state.is_kept())) return Done{};
    const SessionFolder folder(state.sessions());
    auto log = options.log.empty() ? SessionLog::open(folder.name_for_now(bpm), AppendFile::Of::fresh) : SessionLog::open(options.log);
    if (!log && options.log.empty()) {
        fmt::print(stderr, "chronusd: no session log: {}\n", log.refusal().reason);
        return Done{};
    }
    if (!log) return log.refusal();
    console.write_log(std::move(*log));
    return Done{};
}

}  // namespace

Result<Done> play(const Options& options) {
    if (options.kept) prctl(PR_SET_PDEATHSIG, SIGTERM);
    const State state(options.no_log ? std::filesystem::path() : user_state_folder(), options.wire.socket_path);
    const auto left = options.resume ? state.left_behind() : Result<LeftBehind>(LeftBehind{});
    if (!left) return left.refusal();
    const int rate = options.resume ? left->rate : static_cast<int>(options.device.rate);
    const auto song = options.resume ? Result<SongFile>(SongFile{}) : song_to_start_with(options);
    if (!song) return song.refusal();
    // Before the log is begun: a daemon that is there already may be writing it.
    WireOptions ends = options.wire;
    if (ends.port == 0) ends.port = static_cast<std::uint16_t>(left->port);
    auto wire = Wire::open(ends);
    if (!wire) return wire.refusal();
    const Library library = Library::scan(module_path(), [](const auto& file) { return admit(file, Builds(build_folder())); });
    for (const Refusal& problem : library.problems()) fmt::print(stderr, "chronusd: {}\n", problem.reason);

    Mailbox mail;
    if (!options.whereabouts.empty()) {
        const auto shared = map_whereabouts(options.whereabouts);
        if (!shared) return shared.refusal();
        mail.whereabouts = new (*shared) Whereabouts;
    }
    Recorder recorder(mail, rate, {user_recording_folder(), options.past_minutes > 0 ? state.past() : std::filesystem::path(), options.past_minutes, options.resume});
    Console console(library, mail, rate);
    console.keep_patches_in(user_patch_folder());
    console.keep_presets_in(user_preset_folder());
    console.keep_sessions_in(state.sessions());
    console.record_with(&recorder);
    console.keep_builds_in(build_folder());
    console.find_modules_in([] { return module_path(); });
    for (const Refusal& problem : console.types().problems()) fmt::print(stderr, "chronusd: {}\n", problem.reason);
    if (const auto begun = begin_log(console, options, state, options.resume ? left->timeline.tempo / 1000 : bpm_of(*song)); !begun) return begun;
    console.begin_batch();
    console.take({"/session/start", {static_cast<std::int32_t>(rate), std::int32_t{1}}});
    console.log_builds_in(user_module_folder());
    const auto ready = take_song(console, *song);
    const std::vector<std::string> left_out = options.resume ? take_up(console, *left, state.guilty()) : std::vector<std::string>();
    console.on_build = [&](const std::string& type) { state.forgive(type); };
    console.end_batch();
    if (!ready) return ready;
    console.journal().begin(console.studio());

    std::string notice;
    auto device = open_device(options.device, notice);
    if (!device) return device.refusal();
    if (!notice.empty()) fmt::print(stderr, "chronusd: {}\n", notice);

    Engine engine(mail, rate, measured_cycles_per_second());
    Playing playing{engine, {}};
    if (const auto clock = clock_of(*left); options.resume && clock) {
        const TimeFit line{clock->ns, static_cast<std::uint64_t>(clock->frame), clock->ns_per_frame};
        playing.first = (*device)->go_on(line);
        if (playing.first < 0) playing.line = line;
    } else if (options.resume) {
        playing.first = (left->frame + CHRONUS_BLOCK - 1) / CHRONUS_BLOCK * CHRONUS_BLOCK;
    }
    if (!playing.line) engine.begin_at(playing.first);
    state.tell_crashes(mail);
    const auto started = (*device)->start({&playing, [](void* context, float* stereo, std::uint32_t frames) noexcept {
        static_cast<Playing*>(context)->render(stereo, frames);
    }});
    if (!started) return started;
    if (state.is_kept()) {
        const auto kept = console.write_ahead(std::make_unique<WriteAhead>(state.ahead(), rate, (*wire)->port()));
        if (!kept) fmt::print(stderr, "chronusd: {}\n", kept.refusal().reason);
    }
    hear_signals(**wire);
    ask_for_priority();
    lock_memory();
    console.device_status = [&](Words& words) { add_device(words, (*device)->status()); };
    console.about = [&](Words& words) { add_process(words, **wire, left_out); };
    console.set_lead(2 * CHRONUS_BLOCK + static_cast<std::int64_t>((*device)->status().frames));
    Errands errands(user_recording_folder());
    console.render_log = [&](const auto& log, const auto& out) { return errands.render(log, out); };

    Server server(**wire, console, [&](std::int64_t ns) -> std::optional<double> {
        TimeFit fit;
        if (!(*device)->read_fit(fit)) return std::nullopt;
        return frame_at(fit, ns) + static_cast<double>(playing.first);
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
        TimeFit line;
        if (console.ahead() && (*device)->read_line(line))
            console.ahead()->clock({line.ns, static_cast<std::int64_t>(line.frame) + playing.first, line.ns_per_frame});
        errands.poll([&](const std::string& what, const std::string& of) {
            if (console.on_event) console.on_event(what, of);
        });
        return !told_to_stop && (options.seconds == 0 || Steady::now() < end);
    });
    console.take({"/session/end", {}});
    const std::int64_t last = console.telemetry().frame;
    if (!(*device)->status().gone) fade_out(console, mail);
    (*device)->stop();
    console.poll();
    if (console.ahead()) console.ahead()->end(last);
    state.forget_crashes();
    wire_to_wake = nullptr;
    return Done{};
}

}  // namespace chronus
