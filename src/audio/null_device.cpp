#include "audio/null_device.h"

#include <chronus/abi.h>

#include <fmt/format.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include <cerrno>
#include <cmath>
#include <ctime>
#include <numeric>
#include <vector>

namespace chronus {

namespace {

constexpr double kLowestRate = 8000, kHighestRate = 384000;
constexpr std::uint32_t kDefaultFrames = 256, kMostFrames = 8192;
constexpr int kPriority = 80;                      // above all that is ours, below the kernel's own threads
constexpr std::int64_t kHopelessNs = 100'000'000;  // further behind than this it skips, rather than rush

// Real-time scheduling at kPriority, or as high as this user may go. Without it the thread runs as it is.
void raise_priority() {
    sched_param priority{kPriority};
    if (pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority) == 0) return;
    rlimit limit{};
    if (getrlimit(RLIMIT_RTPRIO, &limit) != 0 || limit.rlim_cur == 0) return;
    priority.sched_priority = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, kPriority));
    pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority);
}

void sleep_until(std::int64_t ns) {
    const timespec time{ns / 1'000'000'000, ns % 1'000'000'000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr) == EINTR) {
    }
}

}  // namespace

Result<std::unique_ptr<NullDevice>> NullDevice::open(const DeviceRequest& request) {
    if (!(request.rate >= kLowestRate && request.rate <= kHighestRate))
        return Refusal{
            "device",
            fmt::format("the null device takes {} to {} Hz, not {}", kLowestRate, kHighestRate, request.rate),
            "--rate 48000"};
    if (request.frames > kMostFrames)
        return Refusal{"device",
                       fmt::format("a block has at most {} frames, not {}", kMostFrames, request.frames),
                       "--frames 256"};
    const std::uint32_t frames = request.frames ? request.frames : kDefaultFrames;
    return std::unique_ptr<NullDevice>(new NullDevice(request.rate, frames));
}

NullDevice::~NullDevice() {
    stop();
}

void NullDevice::set_tap(Tap tap, void* context) {
    tap_ = tap;
    tap_context_ = context;
}

Result<Done> NullDevice::start(Renderer renderer) {
    stop();
    call_ = std::make_unique<RenderCall>(rate_);
    call_->begin(renderer);
    stopping_ = false;
    thread_ = std::thread([this] { run(); });
    return Done{};
}

void NullDevice::stop() {
    if (!thread_.joinable()) return;
    stopping_ = true;
    thread_.join();
}

void NullDevice::run() {
    pthread_setname_np(pthread_self(), "chronus-audio");
    raise_priority();
    std::vector<float> block(2 * frames_);
    const double period = frames_ * 1e9 / rate_;  // ns
    std::int64_t origin = first_ns_ > 0 ? first_ns_ - std::llround(period) : monotonic_ns();
    std::uint64_t blocks = 0;  // since the origin; deadlines are computed from it, so nothing adds up
    std::uint64_t frame = 0;   // that is due next
    while (!stopping_.load(std::memory_order_relaxed)) {
        const std::int64_t deadline =
            origin + static_cast<std::int64_t>(static_cast<double>(++blocks) * period);
        sleep_until(deadline);
        if (blocks == 1) line_.write({deadline, frame, 1e9 / rate_});
        const std::int64_t late = monotonic_ns() - deadline;
        if (static_cast<double>(late) > period) call_->count_xrun();
        if (late > kHopelessNs) {
            origin = monotonic_ns();
            blocks = 0;
        }
        call_->run(block.data(), frames_);
        frame += frames_;
        if (tap_) tap_(tap_context_, block.data(), frames_);
    }
}

// At a time that lies on the grid of the line's blocks, a little ahead, and where one of the engine's blocks begins.
std::int64_t NullDevice::go_on(const TimeFit& line) {
    constexpr std::int64_t kAheadNs = 30'000'000;  // to start in
    const double now = frame_at(line, monotonic_ns() + kAheadNs) - static_cast<double>(line.frame);
    const std::int64_t whole = std::lcm(std::int64_t{frames_}, std::int64_t{CHRONUS_BLOCK});
    std::int64_t frame = static_cast<std::int64_t>(line.frame) + static_cast<std::int64_t>(std::max(now, 0.0));
    frame = (frame + whole - 1) / whole * whole;
    first_ns_ = ns_at(line, static_cast<double>(frame));
    return frame;
}

DeviceStatus NullDevice::status() const {
    DeviceStatus status{.name = "null", .rate = rate_, .frames = frames_};
    if (call_) call_->fill_in(status);
    if (!thread_.joinable()) status.gone = false;
    return status;
}

}  // namespace chronus
