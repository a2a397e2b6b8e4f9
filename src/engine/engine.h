// The audio thread's part: mail, clock, tracks, plan, limiter, a block of 64 frames at a time, whatever the
// device asks for. Nothing here allocates, locks or calls the system.
#pragma once
#include <chronus/abi.h>
#include <chronus/dsp/limiter.h>

#include <cstdint>

#include "engine/block_events.h"
#include "engine/budget.h"
#include "engine/listened.h"
#include "engine/meters.h"
#include "engine/pending.h"
#include "engine/router.h"
#include "engine/stage.h"
#include "engine/tempo_ramp.h"
#include "engine/tracks.h"
#include "handoff/mailbox.h"

namespace chronus {

class Engine {
public:
    // cycles_per_second: of the processor's clock, for the load; 0 leaves it unmeasured.
    Engine(Mailbox& mail, int rate, double cycles_per_second = 0);

    ~Engine();

    // [audio] Interleaved stereo, any number of frames.
    void render(float* stereo, std::uint32_t frames) noexcept;
    // [audio] One block into left and right.
    void block(float* left, float* right) noexcept;

    // Before the first block: the frame that it begins at, a whole number of blocks.
    void begin_at(std::int64_t frame) noexcept {
        frame_ = timeline_.frame = telemetry_.frame = telemetry_.timeline.frame = frame;
        mail_.telemetry.write(telemetry_);
    }

    // [audio] The next block's first frame.
    std::int64_t frame() const noexcept { return frame_; }

private:
    void take_mail() noexcept;
    void apply(const Event& event) noexcept;
    void read(const Entry& entry, const Event& event) noexcept;
    void halt() noexcept;
    void end_note(const Entry& entry, const Event& event, std::int64_t at, std::uint8_t frame) noexcept;
    void run_on(Beats beats_at_0) noexcept;
    void begin_or_end(const Entry& entry, const Event& event) noexcept;
    void swap(Plan* plan) noexcept;
    void go_on() noexcept;
    void silence_everything() noexcept;
    void finish(float* left, float* right) noexcept;
    void publish(const float* left, const float* right, std::uint64_t started) noexcept;

    Mailbox& mail_;
    int rate_;
    double cycles_per_block_;
    std::int64_t frame_ = 0;
    Timeline timeline_;
    TempoRamp tempo_ramp_;
    Plan* plan_ = nullptr;
    BlockEvents events_;
    Pending pending_;
    Router router_;
    Tracks tracks_;
    Listened listened_;
    Meters meters_;
    Stage stage_;
    Budget budget_;
    Limiter limiter_;
    Glide level_;
    bool panicking_ = false, leaving_ = false;
    Telemetry telemetry_;
    float left_[CHRONUS_BLOCK] = {}, right_[CHRONUS_BLOCK] = {};
    std::uint32_t given_ = CHRONUS_BLOCK;  // frames of the current block that the device has had
};

}  // namespace chronus
