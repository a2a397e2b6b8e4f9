// Figures of a sound: how loud, how high, how it is spread, and whether something is wrong with it.
#pragma once
#include <ebur128.h>

#include <array>
#include <cstdint>
#include <memory>

#include "listen/bands.h"

namespace chronus {

struct Figures {
    double seconds = 0;
    double integrated = 0;               // LUFS, of all of it
    double momentary = 0, short_term = 0;  // LUFS: the loudest 0.4 s and 3 s, or all of it if it is shorter
    double true_peak = 0;                // dBTP
    double rms = 0, crest = 0;           // dBFS; dB of the highest sample above it
    double clipped = 0;                  // per cent of the samples
    double limiting = 0;                 // dB: the most that the limiter took
    std::array<double, kBands.size()> bands{};  // dB relative to the whole
    std::int64_t lost = 0;               // frames that were played but not heard
    bool silent = false, clipping = false;
};

class Meter {
public:
    explicit Meter(int rate);

    void add(const float* left, const float* right, std::size_t count);
    void limited(double decibels);
    void lose(std::int64_t frames) { lost_ += frames; }
    // Once.
    Figures finish();

private:
    struct Free {
        void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
    };
    void take_loudness(double& highest, std::int64_t milliseconds);

    int rate_;
    std::unique_ptr<ebur128_state, Free> loudness_;
    BandMeter bands_;
    std::int64_t frames_ = 0, clipped_ = 0, lost_ = 0, until_step_;
    double squares_ = 0, peak_ = 0, limiting_ = 0;
    double momentary_, short_term_;
};

}  // namespace chronus
