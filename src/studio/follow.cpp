#include "studio/follow.h"

#include <fmt/format.h>

#include "studio/console.h"
#include "studio/track_keys.h"
#include "studio/tracks.h"
#include "text/numbers.h"

namespace chronus {
namespace {

constexpr std::string_view kScene = "scene:";

Message what_follows(const std::string& name, const Track& track, const std::string& when) {
    const std::string then = word_key(track, "then");
    if (then.starts_with(kScene)) return {"/launch", {then.substr(kScene.size()), when}};
    if (then == "stop") return {"/mute", {name, when}};
    return {"/recall", {name, then, when}};
}

}  // namespace

bool follows(const Track& track) { return track.keys.contains("after") && track.keys.contains("then") && number_key(track, "after", 0) > 0; }

void arm_follow(Request& request, const std::string& name, const Turn& turn) {
    request.console.disarm("follow " + name);
    const Track& track = request.studio.tracks.at(name);
    if (!follows(track) || track.muted) return;
    // Passes stand where the transport's start puts them: one that has begun counts.
    const Beats pass = pass_of(request.console, request.studio, track);
    const Beats begin = turn.from == From::turn ? turn.beats / pass : 0;
    const auto passes = static_cast<Beats>(number_key(track, "after", 0));
    const Said said = said_at(request, (begin + passes) * pass);
    request.console.arm("follow " + name, said.turn.beats, what_follows(name, track, said.text));
}

void arm_follows(Request& request) {
    for (const std::string& name : track_names(request.studio)) arm_follow(request, name, {From::now, 0});
}

void arm_fill_end(Request& request, const std::string& name, Beats beats) {
    const Said said = said_at(request, beats);
    request.console.arm("fill " + name, said.turn.beats, {"/fill/end", {name, said.text}});
}

void end_fills(Request& request) {
    for (const std::string& name : track_names(request.studio)) {
        if (!request.console.disarm("fill " + name)) continue;
        if (auto score = compile_track(request.studio, request.types(), name, request.studio.tracks.at(name), request.console.roster(), {From::now, 0}))
            request.send({.kind = EventKind::track, .frame = request.at, .pointer = score->release()});
    }
}

}  // namespace chronus
