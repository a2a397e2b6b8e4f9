// What plays: a sound card, a sound server or a clock of our own that asks for sound and tells how it goes.
#pragma once
#include <cstdint>
#include <string>

#include "audio/callback_clock.h"
#include "refusal/refusal.h"

namespace chronus {

// What a device calls for sound. [audio] Interleaved stereo, any number of frames.
struct Renderer {
    void* context = nullptr;
    void (*render)(void* context, float* stereo, std::uint32_t frames) noexcept = nullptr;
};

struct DeviceRequest {
    std::string name = {};       // "" chooses; "null", an index, "HOST: NAME" or a part of it
    double rate = 48000;         // Hz
    std::uint32_t frames = 256;  // a block; 0 leaves it to the device
};

struct DeviceStatus {
    std::string name = {};
    double rate = 0;              // Hz
    std::uint32_t frames = 0;     // of the last callback, or as asked for before the first
    double latency_seconds = 0;   // from the callback to the air, as the device states it
    std::uint64_t callbacks = 0;  // since start
    std::uint64_t xruns = 0;      // callbacks that were late, or that the device says came too late
    bool realtime_priority = false;
    bool gone = false;  // started, but no callback for over a second, or the device ended the stream
};

// All but read_fit is for one thread, the one that owns the device.
class Device {
public:
    virtual ~Device() = default;
    virtual Result<Done> start(Renderer renderer) = 0;
    virtual void stop() = 0;  // returns within about a second, whatever the device does; may be started again
    virtual DeviceStatus status() const = 0;
    virtual bool read_fit(TimeFit& fit) const = 0;  // [any] false before the first callback
    // The line from time to frames as well as the device knows it; its frames are counted as those of read_fit.
    virtual bool read_line(TimeFit& line) const { return read_fit(line); }
    // Before the start: to go on with the line of a device that was, where that can be exact. The frame of that line
    // that it will begin with; less than 0 where it cannot.
    virtual std::int64_t go_on(const TimeFit&) { return -1; }
};

}  // namespace chronus
