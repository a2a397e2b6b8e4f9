// Musical time: a line from frames to beats, exact. Beats are counted in units of 1/(60000 rate) beat, which is
// what one frame at 1/1000 bpm is worth: so any tempo moves by a whole number of units a frame, a tempo change
// starts a new line at the very point where the old one stands, and nothing is ever rounded or added up.
#pragma once
#include <cstdint>

namespace chronus {

// Units of 1/(60000 rate) beat.
using Beats = std::int64_t;

// A time signature, such as 7/8. A beat is a quarter, whatever it says.
struct Signature {
    std::int32_t count = 4, unit = 4;

    Beats bar(Beats per_beat) const { return per_beat * 4 * count / unit; }
    bool operator==(const Signature&) const = default;
};

// Bars on the line of beats: a new signature begins at a bar line, what lies before it keeps the former one.
struct Bars {
    struct Stretch {
        Beats begin = 0;
        std::int64_t bar = 0;  // its first, from 0
        Signature signature;
    };
    Stretch former, latter;

    const Stretch& at(Beats beats) const { return beats < latter.begin ? former : latter; }
};

// A place on the line: the bar it lies in, from 0, and where that begins.
struct Bar {
    std::int64_t number;
    Beats begin, length;
};

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
    Bars bars;

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

    Bar bar_at(Beats beat) const {
        const Bars::Stretch& stretch = bars.at(beat);
        const Beats length = stretch.signature.bar(per_beat());
        const std::int64_t count = (beat - stretch.begin) / length;
        return {stretch.bar + count, stretch.begin + count * length, length};
    }
    // The first bar line that is not before a beat.
    Beats bar_line(Beats beat) const {
        const Bar bar = bar_at(beat);
        return bar.begin == beat ? beat : bar.begin + bar.length;
    }
    // The first beat of a bar that is not before a place, counted from the bar's line.
    Beats beat_line(Beats beat) const {
        const Bar bar = bar_at(beat);
        const Beats line = bar.begin + (beat - bar.begin + per_beat() - 1) / per_beat() * per_beat();
        return line < bar.begin + bar.length ? line : bar.begin + bar.length;
    }
    // Where a bar begins, from 0.
    Beats begin_of_bar(std::int64_t number) const {
        const Bars::Stretch& stretch = number < bars.latter.bar ? bars.former : bars.latter;
        return stretch.begin + (number - stretch.bar) * stretch.signature.bar(per_beat());
    }
    // From the next bar line on, which is at once while nothing has been played.
    Timeline with_signature(std::int64_t at, Signature signature) const {
        Timeline next = *this;
        const Beats now = beats_at(at);
        if (now >= bars.latter.begin) {
            const Bar bar = bar_at(now);
            const bool on_line = bar.begin == now;
            next.bars.former = bars.latter;
            next.bars.latter = {on_line ? now : bar.begin + bar.length, bar.number + !on_line, signature};
        }
        next.bars.latter.signature = signature;
        return next;
    }
    // From its first bar on.
    Timeline from_start(std::int64_t at) const {
        Timeline next = *this;
        next.frame = at;
        next.beats = 0;
        next.running = true;
        next.bars.former = next.bars.latter = {0, 0, bars.latter.signature};
        return next;
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
