// Commands of the transport: play and stop, tempo, swing, signature, and where it stands.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "studio/console.h"
#include "studio/follow.h"
#include "studio/moment.h"
#include "studio/request.h"
#include "studio/scenes.h"
#include "studio/track_keys.h"
#include "studio/tracks.h"
#include "text/message_text.h"
#include "text/numbers.h"

namespace chronus {
namespace {

constexpr int kTicksPerBeat = 960;

// A song begins with its first scene, and what is to follow is counted from here.
Result<Words> play(Request& request) {
    Words words{std::string("playing")};
    if (!request.console.plays()) {
        arm_follows(request);
        if (!request.studio.song.parts.empty()) {
            const auto begun = begin_song(request, {{From::now, 0}, "now"});
            if (begun) words.push_back(*begun);
            else request.notes.push_back(begun.refusal().reason);
            request.log_as.clear();
        }
    }
    request.send({.kind = EventKind::play, .frame = request.at});
    return words;
}

Result<Words> stop(Request& request) {
    request.send({.kind = EventKind::stop, .frame = request.at});
    end_fills(request);
    return Words{std::string("stopped")};
}

// tempo 174, tempo 174 8 bars
Result<Words> tempo(Request& request) {
    if (request.count() == 0) return Words{request.studio.tempo / 1000.0f, std::string("bpm")};
    const auto wanted = static_cast<std::int32_t>(std::lround(request.number(0) * 1000));
    Event event{.kind = EventKind::tempo, .module = static_cast<std::uint32_t>(wanted), .frame = request.at};
    Words words{wanted / 1000.0f, std::string("bpm")};
    if (request.count() > 1) {
        const auto span = read_span(request.rest(1), request.telemetry().timeline);
        if (!span) return span.refusal();
        event.kind = EventKind::tempo_ramp;
        event.shape = Ramp::Shape{Ramp::Curve::linear, span->in_beats}.packed();
        event.carry(span->length);
        words.push_back("in " + print_span(*span, request.telemetry().timeline));
    }
    request.studio.tempo = wanted;
    request.send(event);
    return words;
}

Words swing_words(const Studio& studio) {
    Words words{studio.swing};
    if (studio.swing_grid != Studio{}.swing_grid) words.push_back(fmt::format("1/{}", studio.swing_grid));
    return words;
}

// swing 0.2, swing 0.3 1/8
Result<Words> swing(Request& request) {
    if (request.count() == 0) return swing_words(request.studio);
    int grid = request.studio.swing_grid;
    if (request.count() > 1) {
        grid = grid_of(request.text(1));
        if (grid == 0) return request.refuse("type", fmt::format("the swing's grid is 1/4, 1/8, 1/16 or 1/32, not {}", request.text(1)));
    }
    request.studio.swing = static_cast<float>(request.number(0));
    request.studio.swing_grid = grid;
    request.send({.kind = EventKind::swing, .port = static_cast<std::uint16_t>(grid / 4), .value = request.studio.swing, .frame = request.at});
    return swing_words(request.studio);
}

// signature 7/8
Result<Words> signature(Request& request) {
    Studio& studio = request.studio;
    if (request.count() > 0) {
        const std::string text = request.text(0);
        const auto slash = text.find('/');
        const auto count = read_as<int>(text.substr(0, slash));
        const auto unit = slash == std::string::npos ? std::optional<int>() : read_as<int>(text.substr(slash + 1));
        const bool is_unit = unit && (*unit == 2 || *unit == 4 || *unit == 8 || *unit == 16);
        if (!count || *count < 1 || *count > 64 || !is_unit)
            return request.refuse("type", fmt::format("{} is no time signature: 4/4, 3/4, 7/8, 12/8; up to 64, of 2, 4, 8 or 16", text));
        studio.signature = {*count, *unit};
        request.send({.kind = EventKind::signature, .port = static_cast<std::uint16_t>(*unit), .module = static_cast<std::uint32_t>(*count), .frame = request.at});
    }
    return Words{fmt::format("{}/{}", studio.signature.count, studio.signature.unit)};
}

// a4 432: what has notes is tuned anew.
Result<Words> a4(Request& request) {
    if (request.count() > 0) {
        request.studio.a4 = request.number(0);
        request.effects.noted = true;
        for (const std::string& name : track_names(request.studio)) {
            const Track& track = request.studio.tracks.at(name);
            if (track.notes.empty()) continue;
            auto score = compile_track(request.studio, request.types(), name, track, request.console.roster(), {From::now, 0});
            if (score) request.send({.kind = EventKind::track, .frame = request.at, .pointer = score->release()});
        }
    }
    return Words{static_cast<float>(request.studio.a4), std::string("Hz")};
}

Result<Words> bars(Request& request) {
    request.studio.bars = static_cast<int>(request.number(0));
    request.effects.noted = true;
    return Words{static_cast<std::int32_t>(request.studio.bars)};
}

// Where it stands: bar:beat:tick, and when that is.
Result<Words> position(Request& request) {
    const Telemetry& now = request.telemetry();
    const Timeline& line = now.timeline;
    const Beats at = line.beats_at(now.frame);
    const Bar bar = line.bar_at(at);
    const Beats within = at - bar.begin, beat = within / line.per_beat();
    const auto tick = static_cast<int>((within - beat * line.per_beat()) * kTicksPerBeat / line.per_beat());
    const auto clock = std::chrono::system_clock::now();
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(clock.time_since_epoch()).count() % 1000;
    return Words{fmt::format("{}:{}:{:03}", bar.number + 1, beat + 1, tick), std::string(line.running ? "playing" : "stopped"),
                 std::string("beats"), static_cast<double>(at) / static_cast<double>(line.per_beat()),
                 std::string("frame"), static_cast<std::int64_t>(now.frame), std::string("seconds"), static_cast<double>(now.frame) / static_cast<double>(line.rate),
                 fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(clock)), milliseconds)};
}

Result<Words> seq_status(Request& request) {
    const Telemetry& now = request.telemetry();
    const Beats at = now.timeline.beats_at(now.frame);
    const Bar bar = now.timeline.bar_at(at);
    Words words{std::string("playing"), now.timeline.running, std::string("bpm"), now.timeline.tempo / 1000.0f,
                std::string("swing"), request.studio.swing, std::string("bar"), static_cast<std::int32_t>(bar.number) + 1,
                std::string("beat"), static_cast<float>(static_cast<double>(at - bar.begin) / static_cast<double>(now.timeline.per_beat())) + 1};
    for (const auto& [name, track] : request.studio.tracks)
        words.push_back(fmt::format("{} {} {}{}{}{}{}", name, track.lane.empty() ? track.module : track.module + "." + track.lane, track.steps,
                                    track.notes.empty() ? "" : " notes " + track.notes, track.keys.empty() ? "" : " " + print_keys(track),
                                    track.muted ? " muted" : "", track.solo ? " solo" : ""));
    return words;
}

constexpr Takes kSwing = takes::number("amount", 0, 0.6, "steps").or_else("");
constexpr Takes kGrid = takes::text("1/8, 1/16").or_else("");

constexpr Command kCommands[] = {
    {"/seq/start", {}, "Starts at step 0.", "/seq/start", Effect::sound, play},
    {"/seq/stop", {}, "Stops, all gates off.", "/seq/stop", Effect::sound, stop},
    {"/seq/bpm", {takes::number("bpm", 30, 300, "bpm").or_else("")}, "The tempo; a step is a sixteenth.", "/seq/bpm 128", Effect::sound, tempo},
    {"/seq/swing", {kSwing, kGrid}, "How late odd steps come.", "/seq/swing 0.2", Effect::sound, swing},
    {"/seq/status", {}, "What plays and where.", "/seq/status", Effect::none, seq_status},
    {"/play", {takes::text("all").or_else("")}, "Starts the transport at step 0, and the song if there is one.", "/play", Effect::sound, play},
    {"/stop", {}, "Stops it, all gates off.", "/stop", Effect::sound, stop},
    {"/tempo", {takes::number("bpm", 20, 999, "bpm").or_else(""), takes::many("duration").or_else("")},
     "The tempo, at once or on its way there for so long (8 bars, 4 s); without a number, answers it.", "/tempo 174", Effect::sound, tempo},
    {"/swing", {kSwing, kGrid}, "How late odd steps come, and of which steps; without a number, answers it.", "/swing 0.1", Effect::sound, swing},
    {"/signature", {takes::text("3/4, 7/8").or_else("")}, "The time signature, from the next bar on; without one, answers it.", "/signature 7/8", Effect::sound, signature},
    {"/a4", {takes::number("frequency", 220, 880, "Hz").or_else("")}, "What notes are tuned to; without a number, answers it.", "/a4 442", Effect::sound, a4},
    {"/position", {}, "Where the transport stands, as bar:beat:tick of 960 a beat, in frames and by the clock.", "/position", Effect::none, position},
    {"/bars", {takes::whole("count", 0, 100000)}, "The length of the song when it is rendered.", "/bars 32", Effect::sound, bars},
};

}  // namespace

std::span<const Command> transport_commands() { return kCommands; }

}  // namespace chronus
