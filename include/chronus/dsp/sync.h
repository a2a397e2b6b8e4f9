// Musical time for modules: a choice of note values, and where the song stands in each of them. All of them go
// whole times into 96 beats, so the place among 96 beats, as a phase and times a whole number, is the place in any.
#pragma once
#include <chronus/dsp/cycle.h>

namespace chronus {

// Longest first; a bar has four beats, `.` is half as long again, `t` two thirds.
constexpr Port sync_choice(const char* doc) {
    return choice("sync", "off|8bars|4bars|2bars|1bar|1/2.|1/2|1/4.|1/2t|1/4|1/8.|1/4t|1/8|1/16.|1/8t|1/16|1/16t|1/32",
                  doc).alias("tempo_sync");
}
inline constexpr int kNoteValues = 18;
inline constexpr int32_t kTimesIn96[kNoteValues] = {0,   3,   6,   12,  24,  32,  48,  64,  72,
                                                    96,  128, 144, 192, 256, 288, 384, 576, 768};

// How many times the chosen note value goes into 96 beats; 0: off.
inline int32_t times_in_96(float sync) { return kTimesIn96[int(clamp(sync, 0.f, float(kNoteValues - 1)) + 0.5f)]; }
inline IntLanes times_in_96(Lanes sync) {
    IntLanes times(0);
    for (int n = 1; n < kNoteValues; ++n) times = select(sync > Lanes(float(n) - 0.5f), IntLanes(kTimesIn96[n]), times);
    return times;
}

// The same in beats, and in seconds; 0: off.
inline double sync_beats(float sync) {
    const int32_t times = times_in_96(sync);
    return times ? 96.0 / times : 0.0;
}
inline double sync_seconds(float sync, const Clock& clock) { return sync_beats(sync) * 60 / clock.tempo; }

// Beats of a frame.
inline double beat_step(const Clock& clock) { return clock.tempo * clock.turns * (1 / (60 * 18446744073709551616.0)); }

// The song among 96 beats, 2^64 for all of them: as the transport has it while that plays, and at its tempo on from
// there while it stands.
struct Song {
    uint64_t place = 0, step = 0;

    void block(const Clock& clock) {
        step = uint64_t(int64_t(clock.tempo * clock.turns / (60 * 96)));
        if (!clock.plays) return;
        double turns = clock.beat / 96;
        turns -= double(int64_t(turns));
        place = 2 * uint64_t((turns < 0 ? turns + 1 : turns) * 9223372036854775808.0);
    }
};

// Where the song's swing brings a beat: the first of each pair of its grid is stretched, the second shortened.
inline double swung(double beat, float swing, double grid) {
    const double pairs = beat / (2 * grid), within = beat - 2 * grid * (double(int64_t(pairs)) - (pairs < 0 ? 1 : 0));
    return beat + swing * (within < grid ? within : 2 * grid - within);
}

// The steps of a note value that begin in this block, `beat` being where the block does: each(frame, step), the frame
// being the nearest, halves later, as a track's hits have it. They swing, but for triplets, which have their own. A
// millionth of a frame keeps one that lies between two blocks out of both or neither.
template <class Each>
void each_step(double beat, float sync, const Clock& clock, Each each) {
    const double beats = sync_beats(sync), frame_beats = beat_step(clock);
    const float swing = times_in_96(sync) % 9 ? clock.swing : 0.f;
    for (int64_t step = int64_t((beat - double(clock.swing_grid)) / beats) - 1;; ++step) {
        const double frame = (swung(double(step) * beats, swing, double(clock.swing_grid)) - beat) / frame_beats + (0.5 + 1e-6);
        if (frame >= kBlock) return;
        if (frame >= 0) each(int(frame), step);
    }
}

// A gate that is opened for a time, or for as long as it is held open. One that opens while it is open closes for a
// frame, as a gate begins where a signal leaves 0.
struct GateOut {
    float level = 0, last = 0;
    int left = 0;      // frames; below 0: until it is closed
    bool gap = false;

    void open(float velocity, int frames) {
        level = velocity;
        left = frames;
        gap = last > 0;
    }
    void close() { left = 0; }
    float next() {
        last = gap || left == 0 ? 0 : level;
        if (left > 0 && !gap) --left;
        gap = false;
        return last;
    }
};

// A cycle along time that runs at a rate of its own, or with the song.
struct SongCycle {
    Cycle own {};
    Song song {};

    // The places of one block, as Cycle has them.
    void run(const Input& rate, float sync, const Clock& clock, int32_t* place) {
        song.block(clock);
        const uint64_t times = uint64_t(times_in_96(sync)), begun = song.place;
        song.place += kBlock * song.step;
        if (!times) return own.run(rate, clock, place);
        places(begun * times, song.step * times, place);
        own.phase = song.place * times;  // on its own again, it goes on from here
    }
};

// The same for one module a lane, a frame at a time. Its block() is to be called at each block's beginning.
template <class F>
struct SongPhase {
    Phase<F> song {}, own {};

    void block(const Clock& clock) {
        Song now;
        now.block(clock);
        if (clock.plays) song = {Word<F>(uint32_t(now.place >> 32)), Word<F>(uint32_t(now.place))};
    }

    Phase<F> next(F rate, F sync, const Clock& clock) {
        const Int<F> times = times_in_96(sync);
        const Word<F> n = as_word(times), within = (song.low >> 16) * n >> 16;
        const auto synced = times > Int<F>(0);
        own.high = select(synced, song.high * n + within, own.high);
        const Phase<F> now = own;
        advance(own, rate, clock);
        advance(song, F(float(clock.tempo / (60 * 96))), clock);
        return now;
    }
};

}  // namespace chronus
