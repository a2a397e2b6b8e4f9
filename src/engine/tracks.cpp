#include "engine/tracks.h"

#include <algorithm>

namespace chronus {
namespace {

// a * b / c, rounded down, without overflow on the way.
std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c) noexcept {
    const __int128 product = static_cast<__int128>(a) * b;
    __int128 quotient = product / c;
    if (product % c < 0) --quotient;
    return static_cast<std::int64_t>(quotient);
}

Steps32 gate_end(const TrackScore& score, Steps32 end, Steps32 last) noexcept {
    return end - static_cast<Steps32>((1.0 - static_cast<double>(score.gate_fraction)) * static_cast<double>(last));
}

std::uint8_t within(std::int64_t frame, std::int64_t begin) noexcept {
    return static_cast<std::uint8_t>(std::max<std::int64_t>(frame - begin, 0));
}

}  // namespace

// Swing stretches the first step of each pair and shortens the second, so the bar keeps its length.
Beats Tracks::beats_of(Steps32 at, const Timeline& timeline, int steps_per_beat) const noexcept {
    const Steps32 pair = at & ~(2 * kStep - 1), within_pair = at - pair;
    const Steps32 warped = within_pair < kStep
        ? within_pair + scaled(within_pair, swing_, kStep)
        : within_pair + scaled(2 * kStep - within_pair, swing_, kStep);
    return scaled(pair + warped, timeline.per_beat(), kStep * steps_per_beat);
}

Steps32 Tracks::position(const Timeline& timeline, std::int64_t frame, int steps_per_beat) noexcept {
    return scaled(timeline.beats_at(frame), kStep * steps_per_beat, timeline.per_beat());
}

Tracks::~Tracks() {
    for (Player& player : players_) {
        delete player.score;
        delete player.next;
    }
}

void Tracks::retire(TrackScore* score) noexcept {
    if (!score) return;
    mail_.report({.kind = ReportKind::track_retired, .pointer = score});
}

void Tracks::seek(Player& player, Steps32 position) noexcept {
    const TrackScore& score = *player.score;
    player.pass = position / score.pass;
    const Steps32 inside = position - player.pass * score.pass;
    const auto hit = std::lower_bound(score.hits.begin(), score.hits.end(), inside,
                                      [](const Hit& h, Steps32 at) { return h.at < at; });
    player.hit = static_cast<std::size_t>(hit - score.hits.begin());
}

// The pitch stays: what still rings must not change its note. It is let go at the next gate or set.
void Tracks::release_drives(const TrackScore& old, const TrackScore* next, std::uint8_t offset) noexcept {
    const Entry* entry = router_.find(old.module, old.generation);
    if (!entry) return;
    const bool same = next && next->module == old.module && next->generation == old.generation;
    for (const Drive& drive : old.drives) {
        const bool kept = same && std::any_of(next->drives.begin(), next->drives.end(),
                                              [&](const Drive& d) { return d.port == drive.port; });
        if (kept || (old.has_pitch && drive.port == old.pitch_port)) continue;
        router_.send(*entry, drive.port, Router::kAllLanes, {BlockEvent::Kind::let_go, offset, 0, 0, 0, -1});
    }
}

void Tracks::take_over(Player& player, std::int64_t frame, std::uint8_t offset) noexcept {
    TrackScore* old = player.score;
    player.score = player.next;
    player.next = nullptr;
    if (old) {
        player.off_at = scaled(player.off_at, player.score->steps_per_beat, old->steps_per_beat);
        player.played = scaled(player.played, player.score->steps_per_beat, old->steps_per_beat);
        release_drives(*old, player.score, offset);
        const bool same = old->module == player.score->module && old->generation == player.score->generation;
        if (!same || !player.score->audible) let_go(player, frame, offset);
        retire(old);
    }
    if (player.score->restart_notes) player.notes = 0;
    seek(player, player.switch_at);
}

void Tracks::replace(TrackScore* score, const Timeline& timeline, std::int64_t frame) noexcept {
    used_ = std::max(used_, score->slot + 1);
    soonest_ = kUnknown;
    Player& player = players_[score->slot];
    if (player.next) score->restart_notes |= player.next->restart_notes;
    retire(player.next);
    player.next = score;
    const Steps32 now = position(timeline, frame, score->steps_per_beat);
    const auto boundary = [&](Steps32 grid) { return (now + grid - 1) / grid * grid; };
    const TrackScore& playing = player.score ? *player.score : *score;
    const auto translated = [](Steps32 at, const TrackScore& from, const TrackScore& to) {
        return scaled(at, to.steps_per_beat, from.steps_per_beat);
    };
    switch (timeline.running ? score->from : From::now) {
        case From::now: player.switch_at = timeline.running ? now : 0; break;
        case From::step: player.switch_at = boundary(kStep); break;
        case From::beat: player.switch_at = boundary(kStep * score->steps_per_beat); break;
        case From::bar: player.switch_at = boundary(kStep * score->steps_per_bar); break;
        case From::pass: player.switch_at = boundary(translated(playing.pass, playing, *score)); break;
    }
    player.switch_here = translated(player.switch_at, *score, playing);
    if (timeline.running && score->from != From::now) return;
    take_over(player, frame, 0);
    if (timeline.running) step_back(player, timeline, frame);
}

// A hit whose own frame is still to come may lie before the position: by swing, or by half a frame.
void Tracks::step_back(Player& player, const Timeline& timeline, std::int64_t frame) noexcept {
    const TrackScore& score = *player.score;
    while (!score.hits.empty() && (player.hit > 0 || player.pass > 0)) {
        const bool wraps = player.hit == 0;
        const std::size_t hit = (wraps ? score.hits.size() : player.hit) - 1;
        const std::int64_t pass = player.pass - wraps;
        const Steps32 at = pass * score.pass + score.hits[hit].at;
        if (at <= player.played || timeline.comes_before(beats_of(at, timeline, score.steps_per_beat), frame)) return;
        player.hit = hit;
        player.pass = pass;
    }
}

void Tracks::remove(std::uint32_t slot, std::int64_t frame) noexcept {
    if (slot >= kSlots) return;
    soonest_ = kUnknown;
    Player& player = players_[slot];
    let_go(player, frame, 0);
    if (player.score) release_drives(*player.score, nullptr, 0);
    retire(player.score);
    retire(player.next);
    player = Player{};
}

void Tracks::start(std::int64_t frame) noexcept {
    soonest_ = kUnknown;
    for (std::uint32_t slot = 0; slot < used_; ++slot) {
        Player& player = players_[slot];
        if (player.next) take_over(player, frame, 0);
        if (!player.score) continue;
        player.notes = 0;
        player.played = -1;
        seek(player, 0);
    }
}

void Tracks::stop(std::int64_t frame) noexcept {
    soonest_ = kUnknown;
    for (std::uint32_t slot = 0; slot < used_; ++slot) {
        let_go(players_[slot], frame, 0);
        if (players_[slot].score) release_drives(*players_[slot].score, nullptr, 0);
    }
}

void Tracks::let_go(Player& player, std::int64_t frame, std::uint8_t offset) noexcept {
    if (!player.held) return;
    player.held = false;
    const Entry* entry = router_.find(player.held_module, player.held_generation);
    for (std::size_t lane = 0; entry && lane < player.held_lanes; ++lane)
        router_.end(*entry, player.held_port, player.lanes[lane], frame, offset);
}

// Where a hit's gate closes: the holds that follow it in this pass, and into the next, are part of it. One that goes on
// from there is taken up when it comes.
Steps32 Tracks::end_of(const Player& player, const Hit& hit, Steps32 at) const noexcept {
    const TrackScore& score = *player.score;
    Steps32 end = at + hit.length, last = hit.last;
    std::size_t next = player.hit + 1;
    for (std::int64_t pass = player.pass; pass <= player.pass + 1; ++pass, next = 0) {
        for (; next < score.hits.size(); ++next) {
            const Hit& follows = score.hits[next];
            const bool apart = pass * score.pass + follows.at > end;
            if (!apart && !score.plays(follows, pass)) continue;
            if (apart || !follows.tie) return gate_end(score, end, last);
            end += follows.length;
            last = follows.last;
        }
    }
    return gate_end(score, end, last);
}

void Tracks::fire(Player& player, const Hit& hit, Steps32 at, const Timeline& timeline,
                  std::int64_t begin) noexcept {
    const TrackScore& score = *player.score;
    player.played = at;
    const bool plays = score.plays(hit, player.pass);
    if (hit.tie) {
        if (plays && player.held) player.off_at = end_of(player, hit, at);
        return;
    }
    const NoteValue* note = score.note_at(player.notes + hit.note, player.pass);
    player.notes += hit.notes_on;
    const Entry* entry = router_.find(score.module, score.generation);
    if (!plays || !score.audible || !entry || (note && note->rest)) return;

    Moment moment = timeline.moment_of(beats_of(at, timeline, score.steps_per_beat));
    if (moment.frame < begin) moment = {begin, 1.0f};  // late
    if (player.held && entry->voices) let_go(player, moment.frame, within(moment.frame, begin));
    open(player, *entry, note, note && note->accent ? 1.0f : hit.velocity, moment, begin);
    player.off_at = end_of(player, hit, at);
}

// The gate in a lane for each note of a chord, else in one; and in each what the hit writes.
void Tracks::open(Player& player, const Entry& entry, const NoteValue* note, float velocity, const Moment& moment,
                  std::int64_t begin) noexcept {
    const TrackScore& score = *player.score;
    const std::uint8_t frame = within(moment.frame, begin);
    const std::size_t most = note && entry.voices ? std::min<std::size_t>(note->above + 1, player.lanes.size()) : 1;
    for (player.held_lanes = 0; player.held_lanes < most; ++player.held_lanes) {
        const int lane = router_.begin(entry, score.gate_port, velocity, moment.frame, frame, moment.onset);
        player.lanes[player.held_lanes] = lane;
        if (note) {
            const auto kind = note->slide ? BlockEvent::Kind::slide : BlockEvent::Kind::jump;
            const float hertz = player.held_lanes == 0 ? note->hertz : score.above[note->first_above + player.held_lanes - 1];
            router_.send(entry, score.pitch_port, lane, {kind, frame, 0, hertz, 0, -1});
        }
        for (const Drive& drive : score.drives) {
            const float value = drive.value + drive.by_velocity * (velocity - 0.5f);
            router_.send(entry, drive.port, lane,
                         {BlockEvent::Kind::jump, frame, 0, std::clamp(value, drive.minimum, drive.maximum), 0, -1});
        }
    }
    player.held = true;
    player.held_module = score.module;
    player.held_generation = score.generation;
    player.held_port = score.gate_port;
}

Beats Tracks::play(Player& player, const Timeline& timeline, std::int64_t begin, std::int64_t end) noexcept {
    for (;;) {
        const TrackScore* score = player.score;
        const Steps32 hit_at = score && !score->hits.empty()
            ? player.pass * score->pass + score->hits[player.hit % score->hits.size()].at +
                  (player.hit == score->hits.size() ? score->pass : 0)
            : kNever;
        const Steps32 switch_at = player.next ? player.switch_here : kNever;
        const Steps32 off_at = player.held ? player.off_at : kNever;
        const Steps32 first = std::min({off_at, switch_at, hit_at});
        if (first == kNever) return kNever;
        const int grid = score ? score->steps_per_beat : player.next->steps_per_beat;
        const Beats beats = beats_of(first, timeline, grid);
        if (!timeline.comes_before(beats, end)) return beats;

        const std::int64_t frame = std::max(timeline.moment_of(beats).frame, begin);
        if (first == off_at) {
            let_go(player, frame, within(frame, begin));
        } else if (first == switch_at) {
            take_over(player, frame, within(frame, begin));
        } else {
            if (player.hit == score->hits.size()) {
                player.hit = 0;
                ++player.pass;
            }
            fire(player, score->hits[player.hit], hit_at, timeline, begin);
            ++player.hit;
        }
    }
}

void Tracks::play(const Timeline& timeline, std::int64_t begin, std::int64_t end) noexcept {
    if (!timeline.running || soonest_ == kNever || (soonest_ != kUnknown && !timeline.comes_before(soonest_, end))) return;
    soonest_ = kNever;
    for (std::uint32_t slot = 0; slot < used_; ++slot)
        soonest_ = std::min(soonest_, play(players_[slot], timeline, begin, end));
}

}  // namespace chronus
