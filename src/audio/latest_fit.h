// Where the audio thread leaves its newest TimeFit and any thread reads it: a sequence lock.
// The writer never waits; a reader tries again if it was overtaken while reading.
#pragma once
#include <atomic>

#include "audio/callback_clock.h"

namespace chronus {

class LatestFit {
public:
    // [audio] The release stores keep the odd number in front of the fields, and the fields in front of the
    // even.
    void write(const TimeFit& fit) noexcept {
        const std::uint32_t version = version_.load(std::memory_order_relaxed);
        version_.store(version + 1, std::memory_order_relaxed);
        ns_.store(fit.ns, std::memory_order_release);
        frame_.store(fit.frame, std::memory_order_release);
        ns_per_frame_.store(fit.ns_per_frame, std::memory_order_release);
        version_.store(version + 2, std::memory_order_release);
    }

    // [any] False if nothing was written yet.
    bool read(TimeFit& fit) const noexcept {
        for (;;) {
            const std::uint32_t before = version_.load(std::memory_order_acquire);
            fit.ns = ns_.load(std::memory_order_acquire);
            fit.frame = frame_.load(std::memory_order_acquire);
            fit.ns_per_frame = ns_per_frame_.load(std::memory_order_acquire);
            const std::uint32_t after = version_.load(std::memory_order_relaxed);
            if (before == after && before % 2 == 0) return before != 0;
        }
    }

private:
    std::atomic<std::uint32_t> version_{0};  // odd while it is being written
    std::atomic<std::int64_t> ns_{0};
    std::atomic<std::uint64_t> frame_{0};
    std::atomic<double> ns_per_frame_{0};
};

}  // namespace chronus
