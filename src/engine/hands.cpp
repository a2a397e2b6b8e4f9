#include "engine/hands.h"

#include <algorithm>

namespace chronus {

void Hands::let_go(Player& player, std::int64_t frame, std::uint8_t offset) noexcept {
    if (!player.held) return;
    player.held = false;
    const Entry* entry = router_.find(player.held_module, player.held_generation);
    for (std::size_t lane = 0; entry && lane < player.held_lanes; ++lane)
        router_.end(*entry, player.held_port, player.lanes[lane], frame, offset);
}

void Hands::strike(Player& player, const NoteValue* note, float velocity, const Moment& moment, std::int64_t begin) noexcept {
    const TrackScore& score = *player.score;
    const Entry* entry = router_.find(score.module, score.generation);
    if (!entry) return;
    const std::uint8_t frame = within(moment.frame, begin);
    const bool goes_on = score.legato && player.held && !entry->voices && player.held_port == score.gate_port;
    if (player.held && entry->voices) let_go(player, moment.frame, frame);
    const std::size_t most = note && entry->voices ? std::min<std::size_t>(note->above + 1, player.lanes.size()) : 1;
    for (player.held_lanes = 0; player.held_lanes < most; ++player.held_lanes) {
        const int lane = goes_on ? Router::kAllLanes : router_.begin(*entry, score.gate_port, velocity, moment.frame, frame, moment.onset);
        player.lanes[player.held_lanes] = lane;
        if (note) {
            const auto kind = note->slide ? BlockEvent::Kind::slide : BlockEvent::Kind::jump;
            const float hertz = player.held_lanes == 0 ? note->hertz : score.above[note->first_above + player.held_lanes - 1];
            router_.send(*entry, score.pitch_port, lane, {kind, frame, 0, hertz, 0, -1});
        }
        for (const Drive& drive : score.drives) {
            const float value = drive.value + drive.by_velocity * (velocity - 0.5f);
            router_.send(*entry, drive.port, lane,
                         {BlockEvent::Kind::jump, frame, 0, std::clamp(value, drive.minimum, drive.maximum), 0, -1});
        }
    }
    player.held = true;
    player.held_module = score.module;
    player.held_generation = score.generation;
    player.held_port = score.gate_port;
}

void Hands::lead(const TrackScore& score, float value, float next, double beats, std::uint8_t offset) noexcept {
    const Entry* entry = router_.find(score.module, score.generation);
    if (!entry) return;
    for (const Drive& drive : score.drives) {
        if (score.role == Role::steps) {
            router_.send(*entry, drive.port, Router::kAllLanes, {BlockEvent::Kind::slide, offset, 0, value, 0, -1});
            continue;
        }
        router_.send(*entry, drive.port, Router::kAllLanes, {BlockEvent::Kind::jump, offset, 0, value, 0, -1});
        const auto kind = score.role == Role::linear ? BlockEvent::Kind::lead : BlockEvent::Kind::lead_exponential;
        if (beats > 0) router_.send(*entry, drive.port, Router::kAllLanes, {kind, offset, 0, next, static_cast<float>(beats), -1});
    }
}

void Hands::release(const TrackScore& old, const TrackScore* next, std::uint8_t offset) noexcept {
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

}  // namespace chronus
