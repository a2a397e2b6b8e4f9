#include "studio/tracks.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "pattern/steps.h"
#include "studio/console.h"
#include "studio/follow.h"
#include "studio/names.h"
#include "studio/score_notes.h"
#include "studio/track_keys.h"
#include "text/numbers.h"
#include "text/words.h"

namespace chronus {
namespace {

// Behind all others, as what comes later has the last word; where there is none, the first that is free.
std::uint32_t free_slot(const Studio& studio, std::optional<std::uint32_t> wanted) {
    std::set<std::uint32_t> used;
    for (const auto& [name, track] : studio.tracks) used.insert(track.slot);
    if (wanted && !used.contains(*wanted)) return *wanted;
    if (used.empty()) return 0;
    if (*used.rbegin() + 1 < kSlots) return *used.rbegin() + 1;
    std::uint32_t slot = 0;
    while (used.contains(slot)) ++slot;
    return slot;
}

// What has not been played yet when a message from now can have its effect.
Beats soonest(const Request& request) {
    const Telemetry& now = request.console.telemetry();
    const bool ahead = request.at > now.frame;  // it will be there at the block that holds its frame
    return now.timeline.beats_at(ahead ? request.at - request.at % CHRONUS_BLOCK : now.frame + request.console.lead());
}

}  // namespace

std::vector<std::string> track_names(const Studio& studio) {
    std::vector<std::string> names;
    for (const auto& [name, track] : studio.tracks) names.push_back(name);
    return names;
}

Result<std::string> find_track(const Request& request) {
    const std::string name = request.text(0);
    if (request.studio.tracks.contains(name)) return name;
    return request.refuse("unknown", fmt::format("there is no track {}{}", name, did_you_mean(name, track_names(request.studio))));
}

Result<Turn> read_turn(const Request& request, const std::string& text) {
    constexpr std::pair<const char*, From> kNames[] = {
        {"now", From::now}, {"step", From::step}, {"beat", From::beat}, {"bar", From::bar}, {"pass", From::pass}};
    for (const auto& [name, from] : kNames)
        if (text == name) return Turn{from};
    const Telemetry& now = request.console.telemetry();
    if (const auto beat = read_beat(text, now.timeline)) return Turn{From::turn, *beat};
    return Refusal{"unknown", fmt::format("a change begins at the next step, beat, bar or pass, now, or at a bar (bar 9); not at {}", text),
                   "/seq/update/pattern kick x...x... bar"};
}

Said said_at(const Request& request, Beats beats) {
    const Timeline& timeline = request.console.telemetry().timeline;
    const std::string text = "beat " + print_number(static_cast<double>(beats) / static_cast<double>(timeline.per_beat()) + 1);
    return {{From::turn, read_beat(text, timeline).value_or(beats)}, text};
}

Result<Said> settle_turn(const Request& request, const std::string& text, const Track* playing) {
    const auto turn = read_turn(request, text);
    if (!turn) return turn.refusal();
    const Timeline& timeline = request.console.telemetry().timeline;
    if (!timeline.running || turn->from == From::now) return Said{{From::now, 0}, "now"};
    const Beats now = soonest(request);
    const auto boundary = [&](Beats grid) { return (now + grid - 1) / grid * grid; };
    switch (turn->from) {
        case From::step: return said_at(request, boundary(timeline.per_beat() / 4));
        case From::beat: return said_at(request, timeline.beat_line(now));
        case From::pass: if (playing) return said_at(request, boundary(pass_of(request.console, request.studio, *playing)));
        [[fallthrough]];
        case From::bar: return said_at(request, timeline.bar_line(now));
        case From::now:
        case From::turn: break;
    }
    return Said{*turn, text};
}

Beats pass_of(Console& console, const Studio& studio, const Track& track) {
    const auto score = compile_track(studio, console.types(), "", track, console.roster());
    const Beats per_beat = console.telemetry().timeline.per_beat();
    if (!score) return per_beat * 4;
    return beats_of((*score)->pass, (*score)->pace, {}, per_beat);
}

Result<std::string> told_steps(const Request& request, const Track& track) {
    if (track.lane.empty()) {
        const auto steps = pattern::parse_steps(track.steps);
        return steps ? Result<std::string>(pattern::print_steps(*steps)) : steps.refusal();
    }
    const auto input = resolve_input(request.studio, request.types(), track.module + "/" + track.lane);
    if (!input) return input.refusal();
    const auto steps = read_lane(input->info(), track.steps, request.types().sounds());
    return steps ? Result<std::string>(pattern::print_steps(*steps)) : steps.refusal();
}

Result<Words> told_track(Request& request, const std::string& name, const Track& track) {
    Words words{name, track.lane.empty() ? track.module : track.module + "." + track.lane};
    if (!track.steps.empty()) {
        auto steps = told_steps(request, track);
        if (!steps) return steps.refusal();
        words.push_back(std::move(*steps));
    }
    if (!track.notes.empty()) {
        const auto notes = read_notes(request.studio, track);
        if (!notes) return notes.refusal();
        words.push_back(pattern::describe_notes(*notes, request.studio.a4));
        if (!notes->warning.empty()) request.notes.push_back(notes->warning);
    }
    if (!track.keys.empty()) words.push_back(print_keys(track));
    return words;
}

Result<Words> put_track(Request& request, const std::string& name, Track track, const Put& how) {
    const auto old = request.studio.tracks.find(name);
    track.slot = old == request.studio.tracks.end() ? free_slot(request.studio, how.slot) : old->second.slot;
    if (track.slot >= kSlots) return request.refuse("range", fmt::format("there can be {} tracks", kSlots));
    Turn turn = how.turn;
    // What is to follow is counted from the frame at which it begins: that must be known here.
    if (follows(track) && turn.from != From::turn) {
        static constexpr const char* kNames[] = {"now", "step", "beat", "bar", "pass"};
        const auto said = settle_turn(request, kNames[static_cast<int>(turn.from)], &track);
        if (!said) return said.refusal();
        turn = said->turn;
        Message message = track_message(name, track);
        message.arguments.push_back("when=" + said->text);
        if (track.muted) message.arguments.push_back("muted=on");
        if (track.solo) message.arguments.push_back("solo=on");
        if (!how.restart_notes) message.arguments.push_back("restart=off");
        request.log_as = {std::move(message)};
    }
    auto score = compile_track(request.studio, request.types(), name, track, request.console.roster(), turn);
    if (!score) return score.refusal();
    auto words = told_track(request, name, track);
    if (!words) return words;
    const std::set<std::string> heard = heard_tracks(request.studio);
    request.studio.tracks.set(name, std::move(track));
    request.touch("track " + name);
    (*score)->restart_notes = how.restart_notes;
    request.send({.kind = EventKind::track, .frame = request.at, .pointer = score->release()});
    request.follow_solo(heard, name);
    request.console.disarm("fill " + name);
    arm_follow(request, name, turn);
    return words;
}

Message track_message(const std::string& name, const Track& track) {
    Message message{"/seq/add", {name, track.lane.empty() ? track.module : track.module + "/" + track.lane, track.steps}};
    for (const auto& [key, value] : track.keys) message.arguments.push_back(key + "=" + value);
    if (!track.notes.empty()) message.arguments.push_back("notes=" + track.notes);
    return message;
}

}  // namespace chronus
