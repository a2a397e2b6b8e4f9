#include "engine/player.h"

#include <algorithm>

namespace chronus {
namespace {

Steps32 gate_end(const TrackScore& score, Steps32 end, Steps32 last) noexcept {
    return end - static_cast<Steps32>((1.0 - static_cast<double>(score.gate_fraction)) * static_cast<double>(last));
}

}  // namespace

void Player::seek(Steps32 position) noexcept {
    pass = position / score->pass;
    const Steps32 inside = position - pass * score->pass;
    const auto first = std::lower_bound(score->hits.begin(), score->hits.end(), inside,
                                        [](const Hit& h, Steps32 at) { return h.at < at; });
    hit = static_cast<std::size_t>(first - score->hits.begin());
}

void Player::count_notes() noexcept {
    const auto taken_before = [this](std::size_t end) {
        std::uint64_t taken = 0;
        for (std::size_t h = 0; h < end; ++h)
            if (!score->hits[h].tie) taken += score->hits[h].notes_on;
        return taken;
    };
    notes = static_cast<std::uint64_t>(pass) * taken_before(score->hits.size()) + taken_before(hit);
}

void Player::step_back(const Timeline& timeline, Swing of_all, std::int64_t frame) noexcept {
    while (!score->hits.empty() && (hit > 0 || pass > 0)) {
        const bool wraps = hit == 0;
        const std::size_t before = (wraps ? score->hits.size() : hit) - 1;
        const std::int64_t its_pass = pass - wraps;
        const Steps32 at = its_pass * score->pass + score->hits[before].at;
        if (at <= played || timeline.comes_before(beats(at, of_all, timeline), frame)) return;
        hit = before;
        pass = its_pass;
    }
}

void Player::wrap() noexcept {
    if (hit < score->hits.size()) return;
    hit = 0;
    ++pass;
}

Steps32 Player::written_at() const noexcept {
    if (!score || score->hits.empty()) return kNever;
    const bool over = hit == score->hits.size();
    return (pass + over) * score->pass + score->hits[over ? 0 : hit].at;
}

Steps32 Player::played_at() const noexcept {
    const Steps32 at = written_at();
    if (at == kNever || score->time_stray == 0) return at;
    const bool over = hit == score->hits.size();
    return std::max<Steps32>(at + score->stray_of(over ? 0 : hit, pass + over), 0);
}

Steps32 Player::end_of(const Hit& from, Steps32 at) const noexcept {
    Steps32 end = at + from.length, last = from.last;
    std::size_t following = hit + 1;
    for (std::int64_t its_pass = pass; its_pass <= pass + 1; ++its_pass, following = 0) {
        for (; following < score->hits.size(); ++following) {
            const Hit& follows = score->hits[following];
            const bool apart = its_pass * score->pass + follows.at > end;
            if (!apart && !score->plays(follows, its_pass)) continue;
            if (apart || !follows.tie) return gate_end(*score, end, last);
            end += follows.length;
            last = follows.last;
        }
    }
    return gate_end(*score, end, last);
}

bool Player::follower(Steps32& at, float& value) const noexcept {
    std::size_t following = hit + 1;
    for (std::int64_t its_pass = pass; its_pass <= pass + 1; ++its_pass, following = 0)
        for (; following < score->hits.size(); ++following) {
            if (!score->plays(score->hits[following], its_pass)) continue;
            at = its_pass * score->pass + score->hits[following].at;
            value = score->hits[following].velocity;
            return true;
        }
    return false;
}

}  // namespace chronus
