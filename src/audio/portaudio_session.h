// PortAudio while it is in use, without the page of noise that its hosts print when they are probed.
#pragma once
#include <memory>
#include <vector>

#include "audio/output_device.h"

namespace chronus {

// What is written to stderr while it lives goes nowhere: ALSA and JACK print there what they did not find.
// A file descriptor is of the whole process, so it is for moments when nobody else has something to say.
class QuietStderr {
public:
    QuietStderr() noexcept;
    ~QuietStderr();
    QuietStderr(const QuietStderr&) = delete;
    QuietStderr& operator=(const QuietStderr&) = delete;

private:
    int kept_ = -1;
};

// Initialised while it lives. PortAudio counts, so there may be several.
class PortAudioSession {
public:
    static Result<std::shared_ptr<PortAudioSession>> open();
    ~PortAudioSession();
    PortAudioSession(const PortAudioSession&) = delete;
    PortAudioSession& operator=(const PortAudioSession&) = delete;

    std::vector<OutputDevice> outputs() const;

private:
    PortAudioSession() = default;
};

// All that can be named, for --list-devices. PortAudio's trouble is an empty list.
std::vector<OutputDevice> list_devices();

}  // namespace chronus
