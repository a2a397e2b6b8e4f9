// One open PortAudio stream: its callback, and an end to it that cannot hang the program.
#pragma once
#include <portaudio.h>

#include <array>
#include <atomic>
#include <memory>

#include "audio/output_device.h"
#include "audio/portaudio_session.h"
#include "audio/render_call.h"

namespace chronus {

class PortAudioStream : public std::enable_shared_from_this<PortAudioStream> {
public:
    static Result<std::shared_ptr<PortAudioStream>> open(std::shared_ptr<PortAudioSession> session,
                                                         const OutputDevice& output,
                                                         const DeviceRequest& request);
    ~PortAudioStream();

    Result<Done> start(Renderer renderer);
    void stop();
    bool started() const { return started_; }
    void fill_in(DeviceStatus& status) const;
    bool read_fit(TimeFit& fit) const { return call_.read_fit(fit); }

private:
    PortAudioStream(std::shared_ptr<PortAudioSession> session, const OutputDevice& output, double rate)
        : session_(std::move(session)), output_(output), call_(rate) {}

    PaError open_with(int channels, const DeviceRequest& request);
    void render(float* output, std::uint32_t frames) noexcept;
    void render_through(float* output, std::uint32_t frames) noexcept;
    void wait_until_outside() const;
    static int on_callback(const void*, void* output, unsigned long frames, const PaStreamCallbackTimeInfo*,
                           PaStreamCallbackFlags flags, void* self) noexcept;
    static void on_finished(void* self) noexcept;

    static constexpr std::uint32_t kChunk =
        256;  // frames of the stereo buffer for devices that are not stereo

    std::shared_ptr<PortAudioSession> session_;
    OutputDevice output_;
    PaStream* stream_ = nullptr;
    int channels_ = 2;
    double latency_seconds_ = 0;
    bool started_ = false;
    RenderCall call_;
    std::array<float, 2 * kChunk> stereo_{};
    std::atomic<bool> silent_{false};    // from here on the renderer is not to be called
    std::atomic<bool> inside_{false};    // a callback is running
    std::atomic<bool> finished_{false};  // the device ended the stream
};

}  // namespace chronus
