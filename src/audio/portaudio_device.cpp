#include "audio/portaudio_device.h"

#include "audio/portaudio_stream.h"

namespace chronus {

Result<std::unique_ptr<PortAudioDevice>> PortAudioDevice::open(std::shared_ptr<PortAudioSession> session,
                                                               const OutputDevice& output,
                                                               const DeviceRequest& request) {
    std::unique_ptr<PortAudioDevice> made(new PortAudioDevice);
    made->session_ = std::move(session);
    made->output_ = output;
    made->request_ = request;
    made->last_ = {.name = output.full_name(), .rate = request.rate, .frames = request.frames};
    if (const auto opened = made->open_stream(); !opened) return opened.refusal();
    return made;
}

PortAudioDevice::~PortAudioDevice() {
    stop();
}

Result<Done> PortAudioDevice::open_stream() {
    auto stream = PortAudioStream::open(session_, output_, request_);
    if (!stream) return stream.refusal();
    stream_ = std::move(*stream);
    return Done{};
}

Result<Done> PortAudioDevice::start(Renderer renderer) {
    if (stream_ && stream_->started()) stop();
    if (!stream_) {
        if (const auto opened = open_stream(); !opened) return opened.refusal();
    }
    return stream_->start(renderer);
}

void PortAudioDevice::stop() {
    if (!stream_) return;
    const bool gone = status().gone;
    stream_->stop();
    last_ = status();
    last_.gone = gone;  // a stream that was stopped looks as if its device had ended it
    stream_.reset();
}

DeviceStatus PortAudioDevice::status() const {
    DeviceStatus status = last_;
    if (stream_) stream_->fill_in(status);
    return status;
}

bool PortAudioDevice::read_fit(TimeFit& fit) const {
    return stream_ && stream_->read_fit(fit);
}

}  // namespace chronus
