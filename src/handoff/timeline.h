// Musical time: a line from frames to beats, exact. Beats are counted in units of 1/(60000 rate) beat, which is
// what one frame at 1/1000 bpm is worth: so any tempo moves by a whole number of units a frame, a tempo change
// starts a new line at the very point where the old one stands, and nothing is ever rounded or added up.
#pragma once
#include <cstdint>

namespace chronus {

// Units of 1/(60000 rate) beat.
using Beats = std::int64_t;

// A frame, and how a note that begins there marks its onset: 0.5 - (ideal time - frame), in (0, 1].
struct Moment {
    std::int64_t frame;
    float onset;
};

struct Timeline {
    std::int64_t rate = 48000;    // whole frames a second
    std::int64_t frame = 0;       // the epoch: here the line stands at `beats`
    Beats beats = 0;
    std::int32_t tempo = 120000;  // 1/1000 bpm
    bool running = false;

    Beats per_beat() const { return 60000 * rate; }
    Beats beats_at(std::int64_t at) const { return running ? beats + (at - frame) * tempo : beats; }

    // True if the frame nearest to the beat lies before `end`.
    bool comes_before(Beats beat, std::int64_t end) const {
        return 2 * (beat - beats) < (2 * (end - frame) - 1) * tempo;
    }
    // The frame nearest to the beat; halves round up.
    Moment moment_of(Beats beat) const {
        const Beats away = 2 * (beat - beats) + tempo, line = 2 * std::int64_t{tempo};
        std::int64_t frames = away / line;
        if (away % line < 0) --frames;
        const Beats remainder = away - frames * line;  // 0 .. line: the note is this much later than frame - 0.5
        return {frame + frames, 1.0f - static_cast<float>(static_cast<double>(remainder) / static_cast<double>(line))};
    }

    // The same line from a later point on.
    Timeline moved_to(std::int64_t at) const {
        Timeline next = *this;
        next.beats = beats_at(at);
        next.frame = at;
        return next;
    }
    Timeline with_tempo(std::int64_t at, std::int32_t new_tempo) const {
        Timeline next = moved_to(at);
        next.tempo = new_tempo;
        return next;
    }
};

}  // namespace chronus
