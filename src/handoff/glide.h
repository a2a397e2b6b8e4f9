// A value that never jumps: every change is spread over a bell, 30 t^2 (1 - t)^2, whose integral is the quintic
// smoothstep. Like a Hann window it begins and ends without a corner, so a parameter that is stepped leaves no
// zipper noise, and it needs no table. Changes overlap freely: the result is the filtered staircase.
#pragma once
#include <cstdint>

namespace chronus {

struct Glide {
    static constexpr int kSteps = 16;
    struct Step {
        float delta;
        std::int32_t age;  // frames since it began
    };

    float wanted = 0;  // set any time between blocks
    float target = 0;  // where the steps under way lead
    std::int32_t length = 0;  // frames a change takes; 0: it jumps at the block's boundary
    std::int32_t count = 0;
    Step steps[kSteps];

    // [audio] Sets out for `wanted`: at the start of each block, and within one where it changes at its frame.
    // True: nothing moves, the block is flat, at `target`.
    bool begin_block() noexcept {
        if (wanted != target && (length <= 0 || count < kSteps)) {
            if (length > 0) steps[count++] = {wanted - target, 0};
            target = wanted;
        }
        return count == 0;
    }

    // [audio] It is there, and will stay.
    bool rests_at(float value) const noexcept { return count == 0 && target == value && wanted == value; }

    // [audio] The next `frames` values.
    void render(float* out, int frames) noexcept {
        for (int i = 0; i < frames; ++i) out[i] = target;
        add_steps(out, frames);
    }

    // [audio] What the steps under way are still short of, added to where they lead.
    void add_steps(float* out, int frames) noexcept {
        const float scale = 1.0f / static_cast<float>(length > 0 ? length : 1);
        int kept = 0;
        for (int s = 0; s < count; ++s) {
            Step& step = steps[s];
            const int last = length - step.age < frames ? length - step.age : frames;
            for (int i = 0; i < last; ++i) {
                const float t = static_cast<float>(step.age + i + 1) * scale;
                out[i] += step.delta * (t * t * t * (10.0f + t * (6.0f * t - 15.0f)) - 1.0f);
            }
            step.age += frames;
            if (step.age < length) steps[kept++] = step;
        }
        count = kept;
    }

    // [audio] Where it stands.
    float now() const noexcept {
        float value = target;
        const float scale = 1.0f / static_cast<float>(length > 0 ? length : 1);
        for (int s = 0; s < count; ++s) {
            const float t = static_cast<float>(steps[s].age) * scale;
            value += steps[s].delta * (t * t * t * (10.0f + t * (6.0f * t - 15.0f)) - 1.0f);
        }
        return value;
    }

    // [audio] Where it leads moves on its own, too little a frame to need a step. What has not set out yet still will.
    void carry(float value) noexcept {
        target = target == wanted ? value : target + (value - wanted);
        wanted = value;
    }

    // [audio] From here on the value is this, whatever was under way.
    void jump(float value) noexcept {
        wanted = target = value;
        count = 0;
    }
};

}  // namespace chronus
