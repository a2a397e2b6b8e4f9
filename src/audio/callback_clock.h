// Fits the jittery times of callbacks to frames with a second-order delay-locked loop
// (F. Adriaensen, "Using a DLL to filter time", 2005), so that a time names a frame and a frame a time.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace chronus {

// A line through time: `frame` is handed to the device at `ns` (CLOCK_MONOTONIC), the others in step.
struct TimeFit {
    std::int64_t ns = 0;
    std::uint64_t frame = 0;
    double ns_per_frame = 0;
};

// [any] The frame handed to the device at a time, with its fraction. Negative before the first.
inline double frame_at(const TimeFit& fit, std::int64_t ns) noexcept {
    return static_cast<double>(fit.frame) + static_cast<double>(ns - fit.ns) / fit.ns_per_frame;
}

// [any] When a frame is handed to the device.
inline std::int64_t ns_at(const TimeFit& fit, double frame) noexcept {
    return fit.ns + std::llround((frame - static_cast<double>(fit.frame)) * fit.ns_per_frame);
}

class CallbackClock {
public:
    explicit CallbackClock(double rate = 48000) noexcept : nominal_(1e9 / rate), slope_(nominal_) {}

    // [audio] At the start of each callback: the time, its first frame and how many it asks for.
    TimeFit update(std::int64_t now_ns, std::uint64_t frame, std::uint32_t frames) noexcept {
        double time = static_cast<double>(now_ns - origin_);
        const double error = time - next_time_;
        if (frame != next_frame_ || last_frames_ == 0 || std::abs(error) > kJumpNs) {
            origin_ = now_ns;
            elapsed_ = time = 0;
        } else {
            const double block = last_frames_ * nominal_;
            elapsed_ += block;
            const double bandwidth = std::max(kBandwidth, kSettling / elapsed_);
            const double omega = std::min(2 * std::numbers::pi * bandwidth * block, kMostOmega);
            time = next_time_ + std::numbers::sqrt2 * omega * error;
            slope_ += omega * omega * error / last_frames_;
            slope_ = std::clamp(slope_, nominal_ * (1 - kMostDrift), nominal_ * (1 + kMostDrift));
        }
        next_time_ = time + frames * slope_;
        next_frame_ = frame + frames;
        last_frames_ = frames;
        return {origin_ + std::llround(time), frame, slope_};
    }

private:
    static constexpr double kBandwidth =
        0.1e-9;  // per ns: 0.1 Hz, so bursts of 5 ms are smoothed to well below 1
    static constexpr double kSettling = 0.3;  // bandwidth x elapsed time: wide at first, to settle in seconds
    static constexpr double kMostOmega = 0.4;   // the loop is stable below about 1
    static constexpr double kMostDrift = 0.01;  // no device is off by more; virtual ones come near
    static constexpr double kJumpNs = 100e6;    // a gap, not jitter: begin anew, keeping the slope

    double nominal_;  // ns a frame
    double slope_;
    std::int64_t origin_ = 0;  // times below are in ns from here, so that doubles hold them exactly enough
    double next_time_ = 0;
    double elapsed_ = 0;
    std::uint64_t next_frame_ = 0;
    std::uint32_t last_frames_ = 0;
};

}  // namespace chronus
