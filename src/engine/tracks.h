// The sequencer: plays the scores of all tracks against the timeline, block by block.
#pragma once
#include <array>
#include <cstdint>

#include "engine/router.h"
#include "handoff/mailbox.h"
#include "handoff/timeline.h"
#include "handoff/track_score.h"

namespace chronus {

class Tracks {
public:
    static constexpr std::uint32_t kSlots = 256;

    Tracks(Router& router, Mailbox& mail) : router_(router), mail_(mail) {}

    Tracks(const Tracks&) = delete;
    Tracks& operator=(const Tracks&) = delete;
    ~Tracks();

    // [audio] At a block boundary. The score it replaces is sent back at once or when its turn is over.
    void replace(TrackScore* score, const Timeline& timeline, std::int64_t frame) noexcept;
    void remove(std::uint32_t slot, std::int64_t frame) noexcept;
    void start(std::int64_t frame) noexcept;
    void stop(std::int64_t frame) noexcept;
    void set_swing(float swing) noexcept {
        swing_ = static_cast<Steps32>(swing * 65536.0f) << 16;
        soonest_ = kUnknown;
    }
    float swing() const noexcept { return static_cast<float>(swing_ >> 16) / 65536.0f; }

    // [audio] Everything that happens before `end`, in the block that begins at `begin`.
    void play(const Timeline& timeline, std::int64_t begin, std::int64_t end) noexcept;

    // [audio] Position in steps of the transport, without swing.
    static Steps32 position(const Timeline& timeline, std::int64_t frame, int steps_per_beat) noexcept;

private:
    static constexpr Beats kUnknown = INT64_MIN, kNever = INT64_MAX;

    struct Player {
        TrackScore* score = nullptr;
        TrackScore* next = nullptr;
        Steps32 switch_at = 0;         // where next takes over, in its own steps
        Steps32 switch_here = 0;       // the same in the steps of score
        std::int64_t pass = 0;         // of the next hit
        std::size_t hit = 0;
        Steps32 played = -1;           // the last hit since the start
        std::uint64_t notes = 0;       // hits so far
        bool held = false;
        Steps32 off_at = 0;
        std::uint32_t held_module = 0, held_generation = 0;
        std::uint16_t held_port = 0;
        std::array<int, 8> lanes{};  // of a chord, or the one of a note
        std::size_t held_lanes = 0;
    };

    // Returns where its next event lies.
    Beats play(Player& player, const Timeline& timeline, std::int64_t begin, std::int64_t end) noexcept;
    void fire(Player& player, const Hit& hit, Steps32 at, const Timeline& timeline, std::int64_t begin) noexcept;
    void open(Player& player, const Entry& entry, const NoteValue* note, float velocity, const Moment& moment,
              std::int64_t begin) noexcept;
    Steps32 end_of(const Player& player, const Hit& hit, Steps32 at) const noexcept;
    void let_go(Player& player, std::int64_t frame, std::uint8_t offset) noexcept;
    void take_over(Player& player, std::int64_t frame, std::uint8_t offset) noexcept;
    void seek(Player& player, Steps32 position) noexcept;
    void step_back(Player& player, const Timeline& timeline, std::int64_t frame) noexcept;
    void release_drives(const TrackScore& old, const TrackScore* next, std::uint8_t offset) noexcept;
    void retire(TrackScore* score) noexcept;
    Beats beats_of(Steps32 at, const Timeline& timeline, int steps_per_beat) const noexcept;

    Router& router_;
    Mailbox& mail_;
    Steps32 swing_ = 0;
    std::array<Player, kSlots> players_;
    std::uint32_t used_ = 0;  // slots below this may have a score
    Beats soonest_ = kUnknown;  // the next event of all tracks: until then no track is looked at
};

}  // namespace chronus
