// A tempo on its way to another, evenly over time. The line of beats stays one of whole numbers: each block gets the tempo that brings
// its end to where the true curve, a parabola, has come, so nothing adds up.
#pragma once
#include <algorithm>
#include <cstdint>

#include "handoff/timeline.h"

namespace chronus {

class TempoRamp {
public:
    bool runs() const noexcept { return frames_ > 0; }
    void end() noexcept { frames_ = 0; }

    // [audio] From how the line stands at a frame. Length: frames, or units of Beats that go by on the way.
    void begin(const Timeline& timeline, std::int64_t frame, std::int32_t target, std::int64_t length, bool in_beats) noexcept {
        to_ = target;
        const std::int64_t sum = std::int64_t{timeline.tempo} + target;
        frames_ = std::max<std::int64_t>(in_beats ? (2 * length + sum / 2) / sum : length, 1);
        set_out(timeline, frame, timeline.tempo);
    }
    // [audio] The line has jumped or stopped; the tempo goes on as it was.
    void follow(const Timeline& timeline, std::int64_t frame) noexcept {
        const std::int64_t done = std::min(frame - began_, frames_);
        const std::int32_t now = at(done);
        frames_ -= done;
        if (runs()) set_out(timeline, frame, now);
    }

    // [audio] The line for the block from `frame` to `end`.
    Timeline next(const Timeline& timeline, std::int64_t frame, std::int64_t end) noexcept {
        if (frame >= began_ + frames_) {
            frames_ = 0;
            return timeline.with_tempo(frame, to_);
        }
        const std::int64_t block = end - frame;
        if (!timeline.running) return timeline.with_tempo(frame, at(std::min(frame - began_ + block / 2, frames_)));
        const Beats behind = beats_at(end) - timeline.beats_at(frame);
        return timeline.with_tempo(frame, static_cast<std::int32_t>((2 * behind + block) / (2 * block)));
    }

private:
    void set_out(const Timeline& timeline, std::int64_t frame, std::int32_t now) noexcept {
        began_ = frame;
        beats_ = timeline.beats_at(frame);
        from_ = now;
    }
    std::int32_t at(std::int64_t done) const noexcept {
        return from_ + static_cast<std::int32_t>((std::int64_t{to_} - from_) * done / frames_);
    }
    Beats beats_at(std::int64_t frame) const noexcept {
        const std::int64_t all = frame - began_, on_way = std::min(all, frames_);
        const __int128 bend = static_cast<__int128>(to_ - from_) * on_way * on_way / (2 * frames_);
        return beats_ + std::int64_t{from_} * on_way + static_cast<Beats>(bend) + std::int64_t{to_} * (all - on_way);
    }

    std::int64_t frames_ = 0;  // of all of it; 0: there is none
    std::int64_t began_ = 0;
    Beats beats_ = 0;
    std::int32_t from_ = 0, to_ = 0;  // 1/1000 bpm
};

}  // namespace chronus
