#include "studio/floors.h"

#include <algorithm>

#include "studio/request.h"

namespace chronus {
namespace {

bool is_transport(const Event& event) {
    return event.kind == EventKind::play || event.kind == EventKind::stop || event.kind == EventKind::panic || event.kind == EventKind::go_on;
}

bool is_value(const Event& event) {
    return is_transport(event) || event.kind == EventKind::set || event.kind == EventKind::ramp || event.kind == EventKind::tempo ||
           event.kind == EventKind::tempo_ramp || event.kind == EventKind::signature || event.kind == EventKind::swing ||
           event.kind == EventKind::limiter;
}

// What is only noted may tell of tracks: in the log it follows those that it tells of.
bool changes_tracks(const Effects& effects) { return effects.noted || std::any_of(effects.events.begin(), effects.events.end(), is_track); }

// With the transport's start what follows the tracks is counted anew.
bool starts(const Effects& effects) {
    return std::any_of(effects.events.begin(), effects.events.end(), [](const Event& event) { return event.kind == EventKind::play; });
}

}  // namespace

bool is_track(const Event& event) { return event.kind == EventKind::track || event.kind == EventKind::track_remove; }

ValueKey value_of(const Event& event) {
    const bool set = event.kind == EventKind::set || event.kind == EventKind::ramp;
    if (set) return {EventKind::set, event.module, event.port};
    if (is_transport(event)) return {EventKind::play, 0, 0};
    return {event.kind == EventKind::tempo_ramp ? EventKind::tempo : event.kind, 0, 0};
}

std::int64_t Floors::least(const Effects& effects, std::int64_t at) const {
    at = std::max(at, plan_);
    if (effects.rack || changes_tracks(effects)) at = std::max(at, latest_);
    if (effects.by_tracks || starts(effects)) at = std::max(at, tracks_);
    for (const std::string& path : effects.held)
        for (const auto& [other, floor] : held_)
            if (path.empty() || other.empty() || path == other) at = std::max(at, floor);
    for (const Event& event : effects.events)
        if (const auto floor = values_.find(value_of(event)); floor != values_.end()) at = std::max(at, floor->second);
    return at;
}

void Floors::raise(const Effects& effects, std::int64_t at) {
    latest_ = std::max(latest_, at);
    if (effects.rack) plan_ = std::max(plan_, at);
    if (changes_tracks(effects) || starts(effects)) tracks_ = std::max(tracks_, at);
    for (const std::string& path : effects.held) held_[path] = at;
    for (const Event& event : effects.events)
        if (is_value(event)) values_[value_of(event)] = at;
}

void Floors::lower(std::int64_t frame) {
    const auto is_over = [&](const auto& floor) { return frame > floor.second; };
    for (std::int64_t* floor : {&plan_, &tracks_, &latest_})
        if (frame > *floor) *floor = -1;
    std::erase_if(values_, is_over);
    std::erase_if(held_, is_over);
}

}  // namespace chronus
