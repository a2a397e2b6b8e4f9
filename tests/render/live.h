// The instrument played in real time on the null device: what was sounded is kept, what was done is logged.
#pragma once
#include <chrono>
#include <filesystem>
#include <semaphore>
#include <stdexcept>

#include "audio/null_device.h"
#include "studio/instrument.h"

namespace chronus {

class Live {
public:
    // `haste`: how many times faster than the music's own time the device asks for it.
    Live(const std::string& log, std::uint32_t device_frames, int haste = 1) : engine_(mail_, kRate) {
        kept_.reserve(2 * kRate * 30);
        auto session = SessionLog::open(log);
        if (!session) throw std::runtime_error(session.refusal().reason);
        console_.write_log(std::move(*session));
        console_.begin_batch();
        console_.take({"/session/start", {std::int32_t{kRate}, std::int32_t{1}}});
        const auto studio = read_lines(classic_studio(), "studio.chr");
        for (const auto& [message, line] : *studio) console_.take(message);
        console_.end_batch();

        auto device = NullDevice::open({.name = "null", .rate = double(kRate) * haste, .frames = device_frames});
        if (!device) throw std::runtime_error(device.refusal().reason);
        device_ = std::move(*device);
        console_.set_lead(2 * CHRONUS_BLOCK + device_frames);
        device_->set_tap([](void* self, const float* stereo, std::uint32_t frames) { static_cast<Live*>(self)->keep(stereo, frames); }, this);
        if (!device_->start({&engine_, render})) throw std::runtime_error("the null device does not start");
    }
    ~Live() { stop(); }

    Console& console() { return console_; }
    std::int64_t frame() { return console_.telemetry().frame; }

    // Lets it play on, up to a frame at least.
    void play_until(std::int64_t frame) {
        for (console_.poll(); this->frame() < frame; console_.poll()) wait_for_block();
    }
    void play(std::int64_t frames) { play_until(frame() + frames); }
    // The same, while the studio has something else to do.
    void play_unattended(std::int64_t frames) {
        for (const std::int64_t end = frame() + frames; frame() < end;) wait_for_block();
    }

    // The sound so far, interleaved. The log is complete once this is gone.
    const std::vector<float>& stop() {
        device_->stop();
        console_.poll();
        return kept_;
    }

    static constexpr int kRate = 48000;

private:
    void wait_for_block() {
        if (!block_.try_acquire_for(std::chrono::seconds(20))) throw std::runtime_error("the device stands still");
    }
    static void render(void* engine, float* stereo, std::uint32_t frames) noexcept {
        static_cast<Engine*>(engine)->render(stereo, frames);
    }
    void keep(const float* stereo, std::uint32_t frames) {
        kept_.insert(kept_.end(), stereo, stereo + 2 * frames);
        block_.release();
    }

    Mailbox mail_;
    Console console_{modules(), mail_, kRate};
    Engine engine_;
    std::vector<float> kept_;
    std::counting_semaphore<> block_{0};
    std::unique_ptr<NullDevice> device_;
};

// A session log, rendered: interleaved, `frames` long. `builds`: where those are kept that it reloads.
inline std::vector<float> replay(const std::string& text, std::size_t frames, const std::filesystem::path& builds = "") {
    const auto recital = read_session(text, "test.osc", "", Live::kRate);
    if (!recital) throw std::runtime_error(recital.refusal().reason);
    Offline offline(modules(), Live::kRate);
    if (!builds.empty()) offline.console().keep_builds_in(builds);
    std::vector<float> all;
    std::string refusals;
    while (all.size() < 2 * frames) {
        float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK];
        offline.feed(*recital, [&](const Recital::Line& line, const Outcome& outcome) {
            refusals += print_message(line.message) + ": " + said(outcome) + "\n";
        });
        offline.block(left, right);
        for (int i = 0; i < CHRONUS_BLOCK; ++i) all.insert(all.end(), {left[i], right[i]});
    }
    if (!refusals.empty()) throw std::runtime_error("refused in the replay:\n" + refusals);
    all.resize(2 * frames);
    return all;
}

// A file of its own that goes with it.
struct Scratch {
    explicit Scratch(const std::string& name)
        : path((std::filesystem::temp_directory_path() / ("chronus-" + std::to_string(getpid()) + "-" + name)).string()) {}
    ~Scratch() { std::filesystem::remove(path); }
    const std::string path;
};

}  // namespace chronus
