// A sound card or sound server through PortAudio: ALSA, JACK, and PulseAudio by ALSA's plugin.
#pragma once
#include <memory>

#include "audio/device.h"
#include "audio/output_device.h"
#include "audio/portaudio_session.h"

namespace chronus {

class PortAudioStream;

class PortAudioDevice final : public Device {
public:
    // Opens the stream at once, so that what the device refuses is known before anything plays.
    static Result<std::unique_ptr<PortAudioDevice>> open(std::shared_ptr<PortAudioSession> session,
                                                         const OutputDevice& output,
                                                         const DeviceRequest& request);
    ~PortAudioDevice() override;

    Result<Done> start(Renderer renderer) override;
    void stop() override;
    DeviceStatus status() const override;
    bool read_fit(TimeFit& fit) const override;

private:
    PortAudioDevice() = default;
    Result<Done> open_stream();

    std::shared_ptr<PortAudioSession> session_;
    OutputDevice output_;
    DeviceRequest request_;
    std::shared_ptr<PortAudioStream> stream_;  // none after stop
    DeviceStatus last_;                        // of the stream that was stopped
};

}  // namespace chronus
