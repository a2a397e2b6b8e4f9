#include "studio/floors.h"

#include <algorithm>

#include "studio/request.h"

namespace chronus {
namespace {

bool is_transport(const Event& event) {
    return event.kind == EventKind::play || event.kind == EventKind::stop || event.kind == EventKind::panic || event.kind == EventKind::go_on;
}

bool is_value(const Event& event) {
    return is_transport(event) || event.kind == EventKind::set || event.kind == EventKind::ramp || event.kind == EventKind::tempo || event.kind == EventKind::tempo_ramp ||
           event.kind == EventKind::signature || event.kind == EventKind::swing ||
           event.kind == EventKind::limiter;
}

// With the transport's start what follows the tracks is counted anew.
bool depends_on_tracks(const Event& event) { return is_track(event) || event.kind == EventKind::play; }

}  // namespace

bool is_track(const Event& event) { return event.kind == EventKind::track || event.kind == EventKind::track_remove; }

ValueKey value_of(const Event& event) {
    const bool set = event.kind == EventKind::set || event.kind == EventKind::ramp;
    if (set) return {EventKind::set, event.module, event.port};
    if (is_transport(event)) return {EventKind::play, 0, 0};
    return {event.kind == EventKind::tempo_ramp ? EventKind::tempo : event.kind, 0, 0};
}

std::int64_t Floors::least(const Effects& effects, std::int64_t at) const {
    // What is only noted may tell of tracks: in the log it follows those that it tells of.
    if (effects.rack || effects.noted) return std::max(at, plan_);
    for (const Event& event : effects.events) {
        if (depends_on_tracks(event) || event.generation > births_taken_) at = std::max(at, plan_);
        if (const auto floor = values_.find(value_of(event)); floor != values_.end()) at = std::max(at, floor->second);
    }
    return at;
}

void Floors::raise(const Effects& effects, std::int64_t at) {
    if (effects.rack || effects.noted) plan_ = std::max(plan_, at);
    for (const Event& event : effects.events) {
        if (depends_on_tracks(event)) plan_ = std::max(plan_, at);
        if (is_value(event)) values_[value_of(event)] = at;
    }
}

void Floors::lower(std::int64_t frame, std::uint64_t births) {
    if (frame > plan_) plan_ = -1;
    if (plan_ < 0) births_taken_ = births;
    std::erase_if(values_, [&](const auto& floor) { return frame > floor.second; });
}

}  // namespace chronus
