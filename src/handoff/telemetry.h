// State of which only the newest matters, from the audio thread to the studio.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>

#include "handoff/groove.h"
#include "handoff/timeline.h"

namespace chronus {

struct Telemetry {
    std::int64_t frame = 0;           // the next block's first frame
    std::uint64_t blocks = 0;
    std::uint64_t taken = 0;          // events taken from the mail
    std::uint64_t applied = 0;        // of these, how many have had their effect
    std::uint64_t stale = 0;          // of these, how many were for a module that is gone
    std::uint32_t waiting = 0;        // taken, but for a later frame
    Timeline timeline;
    Swing swing;
    float peak_left = 0, peak_right = 0;  // of the last block, after the limiter
    float reduction = 0;              // dB that the limiter took off in the last block
    std::uint64_t faults = 0;
    std::uint64_t clips = 0;          // blocks with a sample over full scale, as the device gets it
    std::int64_t sounded_at = -1;     // the last block with a sample over -80 dB began here; -1: there was none
    static constexpr int kLevels = 16, kBands = 8;
    static constexpr float kBandCentres[kBands] = {63, 125, 250, 500, 1000, 2000, 4000, 8000};  // Hz
    float levels[kLevels] = {};       // of the modules that are watched (EventKind::meter), 1 is full scale
    float bands[kBands] = {};         // of what leaves, while any is watched
    std::int32_t latency = 0;         // frames from the plan to the device: the limiter's look-ahead
};

// Three copies: the writer always has one to fill, the reader always finds the newest whole one. Wait-free.
// One writer, one reader.
template <class T>
class TripleBuffer {
public:
    // [audio]
    void write(const T& value) noexcept {
        copies_[back_] = value;
        back_ = middle_.exchange(back_ | kNew, std::memory_order_acq_rel) & kIndex;
    }
    // [studio] The newest value; the same again if there is none newer.
    const T& read() noexcept {
        if (middle_.load(std::memory_order_relaxed) & kNew)
            front_ = middle_.exchange(front_, std::memory_order_acq_rel) & kIndex;
        return copies_[front_];
    }

private:
    static constexpr std::uint8_t kNew = 4, kIndex = 3;
    std::array<T, 3> copies_{};
    std::uint8_t back_ = 0, front_ = 1;
    std::atomic<std::uint8_t> middle_{2};
};

// Counters that any thread may read.
struct Counters {
    static constexpr int kLoadBins = 256;   // load in steps of 1/128 of a block's time; the last holds all above
    static constexpr int kTypeSlots = 512;
    std::array<std::atomic<std::uint32_t>, kLoadBins> load{};
    std::atomic<std::uint64_t> load_max{0};  // in cycles
    std::array<std::atomic<std::uint64_t>, kTypeSlots> type_cycles{};
    std::atomic<std::uint64_t> cycles{0};    // in all blocks together
};

}  // namespace chronus
