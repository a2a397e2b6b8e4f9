// One track as the audio thread plays it: its score, the one that comes next, and how far it has come.
#pragma once
#include <array>
#include <cstdint>

#include "handoff/timeline.h"
#include "handoff/track_score.h"

namespace chronus {

struct Player {
    static constexpr Steps32 kNever = INT64_MAX;

    TrackScore* score = nullptr;
    TrackScore* next = nullptr;
    Steps32 switch_at = 0;    // where next takes over, in its own steps
    Steps32 switch_here = 0;  // the same in the steps of score
    std::int64_t pass = 0;    // of the next hit
    std::size_t hit = 0;
    Steps32 played = -1;      // the last hit since the start
    std::uint64_t notes = 0;  // hits so far
    bool held = false;
    Steps32 off_at = 0;
    std::uint32_t held_module = 0, held_generation = 0;
    std::uint16_t held_port = 0;
    std::array<int, 8> lanes{};  // of a chord, or the one of a note
    std::size_t held_lanes = 0;

    // [audio] The first hit that is not before a position comes next.
    void seek(Steps32 position) noexcept;
    // [audio] The notes that all hits before the next one have taken, if it has played from the start.
    void count_notes() noexcept;
    // [audio] A hit whose own frame is still to come may lie before the position: by swing, or by half a frame.
    void step_back(const Timeline& timeline, Swing swing, std::int64_t frame) noexcept;
    // [audio] From a pass that is over to the next.
    void wrap() noexcept;
    // [audio] Where the next hit lies as it is written, and as it is played; never if there is none.
    Steps32 written_at() const noexcept;
    Steps32 played_at() const noexcept;

    // [audio] Where the gate of the next hit closes, which lies at `at`: the holds that follow it in this pass, and into the next, are part of
    // it. One that goes on from there is taken up when it comes.
    Steps32 end_of(const Hit& hit, Steps32 at) const noexcept;
    // [audio] The one that plays next behind the next hit, in this pass or the one after; false if there is none.
    bool follower(Steps32& at, float& value) const noexcept;

    Swing swing(Swing of_all) const noexcept { return score->own_swing ? score->swing : of_all; }
    Beats beats(Steps32 at, Swing of_all, const Timeline& timeline) const noexcept {
        return beats_of(at, score->pace, swing(of_all), timeline.per_beat());
    }
};

}  // namespace chronus
