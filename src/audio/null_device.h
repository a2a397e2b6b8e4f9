// A device without sound: a thread that asks for blocks at the right time by CLOCK_MONOTONIC.
// It is what plays where there is no sound card, and what tests run the engine on.
#pragma once
#include <memory>
#include <thread>

#include "audio/render_call.h"

namespace chronus {

class NullDevice final : public Device {
public:
    // Sees each block after it was rendered. [audio] but outside the real-time scope: it is for tests.
    using Tap = void (*)(void* context, const float* stereo, std::uint32_t frames);

    static Result<std::unique_ptr<NullDevice>> open(const DeviceRequest& request);
    ~NullDevice() override;

    void set_tap(Tap tap, void* context);  // while it is stopped
    Result<Done> start(Renderer renderer) override;
    void stop() override;
    DeviceStatus status() const override;
    bool read_fit(TimeFit& fit) const override { return call_ && call_->read_fit(fit); }
    bool read_line(TimeFit& line) const override { return line_.read(line); }
    std::int64_t go_on(const TimeFit& line) override;

private:
    NullDevice(double rate, std::uint32_t frames) : rate_(rate), frames_(frames) {}
    void run();

    double rate_;
    std::uint32_t frames_;
    Tap tap_ = nullptr;
    void* tap_context_ = nullptr;
    LatestFit line_;            // of its deadlines
    std::int64_t first_ns_ = 0; // when the first block is due; 0: a block from the start on
    std::unique_ptr<RenderCall> call_;  // from the first start on
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace chronus
