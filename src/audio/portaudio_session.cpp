#include "audio/portaudio_session.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pa_jack.h>
#include <portaudio.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace chronus {

namespace {

OutputDevice::Host host_kind(PaHostApiTypeId type) {
    if (type == paALSA) return OutputDevice::Host::alsa;
    if (type == paJACK) return OutputDevice::Host::jack;
    return OutputDevice::Host::other;
}

// Windows' WSL has a server whose place libpulse does not know.
void point_to_wslg() {
    std::error_code error;
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    if (runtime && std::filesystem::exists(std::string(runtime) + "/pulse/native", error)) return;
    if (std::filesystem::exists(kWslgPulseSocket, error))
        setenv("PULSE_SERVER", fmt::format("unix:{}", kWslgPulseSocket).c_str(), 0);
}

}  // namespace

QuietStderr::QuietStderr() noexcept {
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    kept_ = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (kept_ >= 0) dup2(nowhere, STDERR_FILENO);
    close(nowhere);
}

QuietStderr::~QuietStderr() {
    if (kept_ < 0) return;
    dup2(kept_, STDERR_FILENO);
    close(kept_);
}

Result<std::shared_ptr<PortAudioSession>> PortAudioSession::open() {
    point_to_wslg();
    const QuietStderr quiet;
    PaJack_SetClientName("chronus");
    if (const PaError error = Pa_Initialize(); error != paNoError)
        return Refusal{"device", fmt::format("PortAudio does not start: {}", Pa_GetErrorText(error)),
                       "--device null"};
    return std::shared_ptr<PortAudioSession>(new PortAudioSession);
}

PortAudioSession::~PortAudioSession() {
    const QuietStderr quiet;
    Pa_Terminate();
}

std::vector<OutputDevice> PortAudioSession::outputs() const {
    std::vector<OutputDevice> outputs;
    for (int index = 0; index < Pa_GetDeviceCount(); ++index) {
        const PaDeviceInfo* device = Pa_GetDeviceInfo(index);
        if (device->maxOutputChannels < 1) continue;
        const PaHostApiInfo* host = Pa_GetHostApiInfo(device->hostApi);
        const auto kind = host_kind(host->type);
        outputs.push_back({.index = index,
                           .host = kind,
                           .host_name = kind == OutputDevice::Host::jack ? "JACK" : host->name,
                           .name = device->name,
                           .channels = device->maxOutputChannels,
                           .rate = device->defaultSampleRate,
                           .host_default = host->defaultOutputDevice == index});
    }
    return outputs;
}

std::vector<OutputDevice> list_devices() {
    const auto session = PortAudioSession::open();
    if (!session) return {};
    return (*session)->outputs();
}

}  // namespace chronus
