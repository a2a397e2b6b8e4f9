// A moment that is yet to come, as musicians say it: "bar 9", "bar 9 beat 3", "next bar", "+2 bars", "+1.5 s".
#pragma once
#include <cstdint>
#include <string>

#include "handoff/timeline.h"
#include "refusal/refusal.h"
#include "text/message.h"

namespace chronus {

inline constexpr int kBeatsPerBar = 4;

struct When {
    bool musical = true;     // moves with the tempo, and waits while the transport stands
    Beats beats = 0;         // of the transport, if musical
    std::int64_t frame = 0;  // if not

    // True if it lies before a frame on this line.
    bool comes_before(const Timeline& timeline, std::int64_t end) const;
    // Where it lies as things stand. A musical moment needs a transport that runs.
    std::int64_t frame_on(const Timeline& timeline) const;
};

// `frame`: now. Refused: what is no moment, and what is over. Bars and beats count from 1, steps are sixteenths.
Result<When> read_when(const std::string& text, const Timeline& timeline, std::int64_t frame);

// "bar 9 beat 1", or "1.5 s from now"; and its frame, if that is known.
std::string print_when(const When& when, const Timeline& timeline, std::int64_t frame);

}  // namespace chronus
