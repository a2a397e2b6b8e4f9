// A moment that is yet to come, as musicians say it: "bar 9", "bar 9 beat 3", "next bar", "+2 bars", "+1.5 s".
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "handoff/timeline.h"
#include "refusal/refusal.h"
#include "text/message.h"

namespace chronus {

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

// "bar 9", "bar 9 beat 3", "beat 33", whether it is over or not.
std::optional<Beats> read_beat(const std::string& text, const Timeline& timeline);

// How long: "4 beats", "2 bars", "8 steps", "1.5 s", "300 ms"; a number alone is seconds.
struct Span {
    bool in_beats = false;
    std::int64_t length = 0;  // frames, or units of Beats
};
Result<Span> read_span(const std::string& text, const Timeline& timeline);

// "2.5 beats" or "1.2 s".
std::string print_span(const Span& span, const Timeline& timeline);

// Beats of the bars that are played now; quarters, as all beats.
double beats_a_bar(const Timeline& timeline);

// The bar and beat of a frame, from 1: "bar 9 beat 1.5".
std::string print_position(std::int64_t frame, const Timeline& timeline);

// "bar 9 beat 1", or "1.5 s from now"; and its frame, if that is known.
std::string print_when(const When& when, const Timeline& timeline, std::int64_t frame);

}  // namespace chronus
