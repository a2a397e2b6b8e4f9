// What a track's hits do to its module: gates that open and close, pitches, parameters that are written or led.
#pragma once
#include <cstdint>

#include "engine/player.h"
#include "engine/router.h"

namespace chronus {

class Hands {
public:
    explicit Hands(Router& router) : router_(router) {}

    // [audio] Notes: the gate in a lane for each note of a chord, else in one; and in each what the hit writes.
    void strike(Player& player, const NoteValue* note, float velocity, const Moment& moment, std::int64_t begin) noexcept;
    // [audio] Closes what the player holds.
    void let_go(Player& player, std::int64_t frame, std::uint8_t offset) noexcept;
    // [audio] Lanes: to a value, and on to another one over so many beats, if there are any.
    void lead(const TrackScore& score, float value, float next, double beats, std::uint8_t offset) noexcept;
    // [audio] What a score wrote, and the next one does not, goes back to its base. The pitch stays: what still rings must not
    // change its note; it is let go at the next gate or set.
    void release(const TrackScore& old, const TrackScore* next, std::uint8_t offset) noexcept;

    // A frame within the block that begins at `begin`; what is late is at its start.
    static std::uint8_t within(std::int64_t frame, std::int64_t begin) noexcept {
        return static_cast<std::uint8_t>(frame > begin ? frame - begin : 0);
    }

private:
    Router& router_;
};

}  // namespace chronus
