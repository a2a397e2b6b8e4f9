// The one way from a device's callback to the renderer: time, denormals, the real-time scope and the
// counters.
#pragma once
#include <atomic>

#include "audio/device.h"
#include "audio/latest_fit.h"

namespace chronus {

std::int64_t monotonic_ns() noexcept;  // [any] CLOCK_MONOTONIC

class RenderCall {
public:
    explicit RenderCall(double rate) noexcept : clock_(rate) {}

    void begin(Renderer renderer) noexcept;                  // [studio] before the first callback
    void run(float* stereo, std::uint32_t frames) noexcept;  // [audio]
    void count_xrun() noexcept { xruns_.fetch_add(1, std::memory_order_relaxed); }  // [audio]
    void fill_in(DeviceStatus& status) const noexcept;                              // [any]
    bool read_fit(TimeFit& fit) const noexcept { return fit_.read(fit); }           // [any]

private:
    void note_priority() noexcept;

    Renderer renderer_;
    CallbackClock clock_;
    LatestFit fit_;
    std::uint64_t frame_ = 0;  // handed to the device so far; the audio thread's own
    std::atomic<std::uint64_t> callbacks_{0};
    std::atomic<std::uint64_t> xruns_{0};
    std::atomic<std::int64_t> last_ns_{0};  // of the last callback, or of begin
    std::atomic<std::uint32_t> frames_{0};
    std::atomic<bool> realtime_{false};
};

}  // namespace chronus
