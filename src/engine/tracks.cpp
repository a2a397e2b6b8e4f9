#include "engine/tracks.h"

#include <algorithm>

namespace chronus {
namespace {

// Where a score that comes at `now` takes its turn, in its own steps. `playing`: the one that does until then.
Steps32 turn_of(const TrackScore& score, const TrackScore& playing, const Timeline& timeline, std::int64_t frame) noexcept {
    if (!timeline.running) return 0;
    const Beats now = timeline.beats_at(frame);
    const auto steps = [&](Beats beats) { return steps_at(beats, score.pace, timeline.per_beat()); };
    const auto boundary = [](Steps32 at, Steps32 grid) { return (at + grid - 1) / grid * grid; };
    switch (score.from) {
        case From::now: return steps(now);
        case From::step: return boundary(steps(now), kStep);
        case From::beat: return steps(timeline.beat_line(now));
        case From::bar: return steps(timeline.bar_line(now));
        case From::turn: return steps(score.turn);
        case From::pass: return boundary(steps(now), converted(playing.pass, playing.pace, score.pace));
    }
    return 0;
}

}  // namespace

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

void Tracks::take_over(Player& player, std::int64_t frame, std::uint8_t offset) noexcept {
    TrackScore* old = player.score;
    TrackScore& score = *(player.score = player.next);
    player.next = nullptr;
    if (old) {
        player.off_at = converted(player.off_at, old->pace, score.pace);
        player.played = converted(player.played, old->pace, score.pace);
        const bool is_lane = score.role != Role::notes;
        hands_.release(*old, is_lane && !score.audible ? nullptr : &score, offset);
        const bool same = old->module == score.module && old->generation == score.generation;
        if (!same || !score.audible) hands_.let_go(player, frame, offset);
        retire(old);
    }
    if (score.restart_notes) player.notes = 0;
    player.seek(player.switch_at);
}

void Tracks::replace(TrackScore* score, const Timeline& timeline, std::int64_t frame) noexcept {
    used_ = std::max(used_, score->slot + 1);
    soonest_ = kUnknown;
    Player& player = players_[score->slot];
    if (player.next) score->restart_notes |= player.next->restart_notes;
    retire(player.next);
    player.next = score;
    const TrackScore& playing = player.score ? *player.score : *score;
    player.switch_at = turn_of(*score, playing, timeline, frame);
    player.switch_here = converted(player.switch_at, score->pace, playing.pace);
    const bool over = score->from == From::turn && timeline.beats_at(frame) >= score->turn;
    if (timeline.running && score->from != From::now && !over) return;
    if (over) player.switch_at = steps_at(timeline.beats_at(frame), score->pace, timeline.per_beat());
    take_over(player, frame, 0);
    if (timeline.running) player.step_back(timeline, swing_, frame);
}

void Tracks::remove(std::uint32_t slot, std::int64_t frame) noexcept {
    if (slot >= kSlots) return;
    soonest_ = kUnknown;
    Player& player = players_[slot];
    hands_.let_go(player, frame, 0);
    if (player.score) hands_.release(*player.score, nullptr, 0);
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
        player.seek(0);
    }
}

void Tracks::go_on(const Timeline& timeline, std::int64_t frame) noexcept {
    soonest_ = kUnknown;
    for (std::uint32_t slot = 0; slot < used_; ++slot) {
        Player& player = players_[slot];
        if (player.next) take_over(player, frame, 0);
        if (!player.score) continue;
        player.played = -1;
        player.seek(steps_at(timeline.beats_at(frame), player.score->pace, timeline.per_beat()));
        player.step_back(timeline, swing_, frame);
        player.count_notes();
    }
}

void Tracks::stop(std::int64_t frame) noexcept {
    soonest_ = kUnknown;
    for (std::uint32_t slot = 0; slot < used_; ++slot) {
        hands_.let_go(players_[slot], frame, 0);
        if (players_[slot].score) hands_.release(*players_[slot].score, nullptr, 0);
    }
}

void Tracks::fire_lane(const Player& player, Steps32 at, const Timeline& timeline, std::uint8_t offset) noexcept {
    const TrackScore& score = *player.score;
    const float value = score.hits[player.hit].velocity;
    Steps32 next_at = at;
    float next = value;
    if (score.role != Role::steps) player.follower(next_at, next);
    const Beats length = player.beats(next_at, swing_, timeline) - player.beats(at, swing_, timeline);
    hands_.lead(score, value, next, static_cast<double>(length) / static_cast<double>(timeline.per_beat()), offset);
}

// The next hit, which lies at `at` as it is written.
void Tracks::fire(Player& player, Steps32 at, const Timeline& timeline, std::int64_t begin) noexcept {
    const TrackScore& score = *player.score;
    const Hit& hit = score.hits[player.hit];
    player.played = at;
    const bool plays = score.plays(hit, player.pass);
    if (hit.tie) {
        if (plays && player.held) player.off_at = player.end_of(hit, at);
        return;
    }
    const NoteValue* note = score.note_at(player.notes + hit.note, player.pass);
    player.notes += hit.notes_on;
    if (!plays || !score.audible || (note && note->rest)) return;

    const Steps32 stray = score.stray_of(player.hit, player.pass);
    Moment moment = timeline.moment_of(player.beats(std::max<Steps32>(at + stray, 0), swing_, timeline));
    if (moment.frame < begin) moment = {begin, 1.0f};  // late
    if (score.role != Role::notes) return fire_lane(player, at, timeline, Hands::within(moment.frame, begin));
    hands_.strike(player, note, note && note->accent ? 1.0f : score.velocity_of(player.hit, player.pass), moment, begin);
    player.off_at = player.end_of(hit, at) + stray;
}

Beats Tracks::play(Player& player, const Timeline& timeline, std::int64_t begin, std::int64_t end) noexcept {
    for (;;) {
        const Steps32 hit_at = player.played_at();
        const Steps32 switch_at = player.next ? player.switch_here : kNever;
        const Steps32 off_at = player.held ? player.off_at : kNever;
        const Steps32 first = std::min({off_at, switch_at, hit_at});
        if (first == kNever) return kNever;
        const TrackScore& score = player.score ? *player.score : *player.next;
        const Beats beats = beats_of(first, score.pace, score.own_swing ? score.swing : swing_, timeline.per_beat());
        if (!timeline.comes_before(beats, end)) return beats;

        const std::int64_t frame = std::max(timeline.moment_of(beats).frame, begin);
        // Where one ends and another begins, the one that takes its gate over must find it held.
        const bool joins = hit_at == first && switch_at != first && score.legato;
        if (first == off_at && !joins) {
            hands_.let_go(player, frame, Hands::within(frame, begin));
        } else if (first == switch_at) {
            take_over(player, frame, Hands::within(frame, begin));
        } else {
            player.wrap();
            fire(player, player.written_at(), timeline, begin);
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
