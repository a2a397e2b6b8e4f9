#include "audio/render_call.h"

#include <sched.h>

#include <ctime>

#include "audio/denormals.h"
#include "handoff/realtime_scope.h"

namespace chronus {

namespace {
constexpr std::int64_t kGoneNs = 1'000'000'000;  // a device that has not called for this long is gone
}

std::int64_t monotonic_ns() noexcept {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}

void RenderCall::begin(Renderer renderer) noexcept {
    renderer_ = renderer;
    last_ns_ = monotonic_ns();
}

void RenderCall::run(float* stereo, std::uint32_t frames) noexcept {
    if (frame_ == 0) note_priority();
    const RealtimeScope scope;
    const FlushDenormals flush;
    const std::int64_t now = monotonic_ns();
    fit_.write(clock_.update(now, frame_, frames));
    last_ns_.store(now, std::memory_order_relaxed);
    renderer_.render(renderer_.context, stereo, frames);
    frame_ += frames;
    frames_.store(frames, std::memory_order_relaxed);
    callbacks_.fetch_add(1, std::memory_order_relaxed);
}

// The one system call of the audio thread, once, before anything sounds: only the thread itself can ask
// safely.
void RenderCall::note_priority() noexcept {
    const int policy = sched_getscheduler(0) & ~SCHED_RESET_ON_FORK;
    realtime_ = policy == SCHED_FIFO || policy == SCHED_RR;
}

void RenderCall::fill_in(DeviceStatus& status) const noexcept {
    if (const std::uint32_t frames = frames_) status.frames = frames;
    status.callbacks = callbacks_;
    status.xruns = xruns_;
    status.realtime_priority = realtime_;
    status.gone = monotonic_ns() - last_ns_ > kGoneNs;
}

}  // namespace chronus
