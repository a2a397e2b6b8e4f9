// Where steps lie on the line of beats: how many go to a beat, and how they swing.
#pragma once
#include <cstdint>

#include "handoff/timeline.h"

namespace chronus {

// Steps in 32.32 fixed point, counted from the transport's start.
using Steps32 = std::int64_t;
inline constexpr Steps32 kStep = Steps32{1} << 32;

// Steps a beat, as a fraction: 4/1 are sixteenths.
struct Pace {
    std::int32_t over = 4, under = 1;

    bool operator==(const Pace&) const = default;
};

// Every second one of `per_beat` to a beat comes late by a part of itself: the first of each pair is stretched, the
// second shortened, so that the bar keeps its length.
struct Swing {
    std::int32_t late = 0;  // in 1/65536
    std::int32_t per_beat = 4;

    static Swing of(float late, std::int32_t per_beat) { return {static_cast<std::int32_t>(late * 65536.0f), per_beat}; }
    float amount() const { return static_cast<float>(late) / 65536.0f; }
};

// a * b / c, rounded down, without overflow on the way.
constexpr std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c) noexcept {
    const __int128 product = static_cast<__int128>(a) * b;
    __int128 quotient = product / c;
    if (product % c < 0) --quotient;
    return static_cast<std::int64_t>(quotient);
}

// [any] Without swing.
constexpr Steps32 steps_at(Beats beats, Pace pace, Beats per_beat) noexcept {
    return scaled(beats, kStep * pace.over, per_beat * pace.under);
}
// [any] With it.
constexpr Beats beats_of(Steps32 at, Pace pace, Swing swing, Beats per_beat) noexcept {
    const Beats plain = scaled(at, per_beat * pace.under, kStep * pace.over);
    if (swing.late == 0) return plain;
    const Beats part = per_beat / swing.per_beat, into = (plain % (2 * part) + 2 * part) % (2 * part);
    return plain + scaled(into < part ? into : 2 * part - into, swing.late, 65536);
}
// [any] Steps of one pace in those of another.
constexpr Steps32 converted(Steps32 at, Pace from, Pace to) noexcept {
    return from == to ? at : scaled(at, std::int64_t{to.over} * from.under, std::int64_t{from.over} * to.under);
}

}  // namespace chronus
