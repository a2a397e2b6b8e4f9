// A value on its way from where it was to another, over a time in frames or in beats. The way counts whole units, so
// nothing adds up: in beats a frame is worth the tempo, whether the transport runs or stands.
#pragma once
#include <cstdint>

namespace chronus {

struct Ramp {
    enum class Curve : std::uint8_t { linear, exponential, smooth };
    struct Shape {  // as it travels in an event
        Curve curve = Curve::linear;
        bool in_beats = false;

        std::uint8_t packed() const noexcept { return static_cast<std::uint8_t>(static_cast<int>(curve) | (in_beats ? 8 : 0)); }
        static Shape of(std::uint8_t packed) noexcept { return {static_cast<Curve>(packed & 7), (packed & 8) != 0}; }
    };

    float from = 0, to = 0;
    Shape shape;
    std::int64_t whole = 0;  // frames, or units of Beats; 0: there is no ramp
    std::int64_t done = 0;

    bool runs() const noexcept { return whole > 0; }

    // [audio]
    void begin(float now, float target, std::int64_t length, Shape how) noexcept {
        from = now;
        to = target;
        shape = how;
        whole = length;
        done = 0;
        // An exponential way needs both ends on one side of 0.
        if (how.curve == Curve::exponential && !(from > 0 && to > 0) && !(from < 0 && to < 0)) shape.curve = Curve::linear;
    }
    void end() noexcept { whole = 0; }
};

}  // namespace chronus
