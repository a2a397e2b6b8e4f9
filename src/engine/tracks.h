// The sequencer: plays the scores of all tracks against the timeline, block by block.
#pragma once
#include <array>
#include <cstdint>

#include "engine/hands.h"
#include "engine/player.h"
#include "handoff/mailbox.h"
#include "handoff/timeline.h"
#include "handoff/track_score.h"

namespace chronus {

class Tracks {
public:
    static constexpr std::uint32_t kSlots = 256;

    Tracks(Router& router, Mailbox& mail) : hands_(router), mail_(mail) {}

    Tracks(const Tracks&) = delete;
    Tracks& operator=(const Tracks&) = delete;
    ~Tracks();

    // [audio] At a block boundary. The score it replaces is sent back at once or when its turn is over.
    void replace(TrackScore* score, const Timeline& timeline, std::int64_t frame) noexcept;
    void remove(std::uint32_t slot, std::int64_t frame) noexcept;
    void start(std::int64_t frame) noexcept;
    void stop(std::int64_t frame) noexcept;
    // [audio] In the midst of it, as if all had played from the start.
    void go_on(const Timeline& timeline, std::int64_t frame) noexcept;
    void set_swing(Swing swing) noexcept {
        swing_ = swing;
        soonest_ = kUnknown;
    }
    Swing swing() const noexcept { return swing_; }

    // [audio] Everything that happens before `end`, in the block that begins at `begin`.
    void play(const Timeline& timeline, std::int64_t begin, std::int64_t end) noexcept;

private:
    static constexpr Beats kUnknown = INT64_MIN, kNever = INT64_MAX;

    // Returns where its next event lies.
    Beats play(Player& player, const Timeline& timeline, std::int64_t begin, std::int64_t end) noexcept;
    void fire(Player& player, Steps32 at, const Timeline& timeline, std::int64_t begin) noexcept;
    void fire_lane(const Player& player, Steps32 at, const Timeline& timeline, std::uint8_t offset) noexcept;
    void take_over(Player& player, std::int64_t frame, std::uint8_t offset) noexcept;
    void retire(TrackScore* score) noexcept;

    Hands hands_;
    Mailbox& mail_;
    Swing swing_;
    std::array<Player, kSlots> players_;
    std::uint32_t used_ = 0;  // slots below this may have a score
    Beats soonest_ = kUnknown;  // the next event of all tracks: until then no track is looked at
};

}  // namespace chronus
