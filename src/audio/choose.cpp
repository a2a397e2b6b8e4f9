#include "audio/choose.h"

#include <fmt/format.h>

#include "audio/null_device.h"
#include "audio/portaudio_device.h"

namespace chronus {

namespace {

constexpr std::uint32_t kPulseFrames = 256;  // the least that its bursts leave whole

Result<std::unique_ptr<Device>> open_null(const DeviceRequest& request) {
    auto device = NullDevice::open(request);
    if (!device) return device.refusal();
    return std::unique_ptr<Device>(std::move(*device));
}

Result<std::unique_ptr<Device>> open_output(const std::shared_ptr<PortAudioSession>& session,
                                            const OutputDevice& output, const DeviceRequest& request) {
    auto device = PortAudioDevice::open(session, output, request);
    if (!device) return device.refusal();
    return std::unique_ptr<Device>(std::move(*device));
}

bool refuses_rate(const Refusal& refusal) {
    return refusal.example.starts_with("--rate");
}

}  // namespace

Result<std::unique_ptr<Device>> open_device(const DeviceRequest& request, std::string& notice) {
    notice.clear();
    if (request.name == "null") return open_null(request);

    const auto session = PortAudioSession::open();
    if (!request.name.empty()) {
        if (!session) return session.refusal();
        const auto output = find_device((*session)->outputs(), request.name);
        if (!output) return output.refusal();
        return open_output(*session, *output, request);
    }

    std::string reason = session ? "no sound card and no sound server" : session.refusal().reason;
    if (session) {
        for (const OutputDevice& output : default_devices((*session)->outputs(), look_around())) {
            DeviceRequest fitting = request;
            if (output.name == "pulse") fitting.frames = std::max(fitting.frames, kPulseFrames);
            auto device = open_output(*session, output, fitting);
            if (device || refuses_rate(device.refusal())) return device;
            reason = device.refusal().reason;
        }
    }
    notice = fmt::format("{}: playing on the null device, unheard", reason);
    return open_null(request);
}

}  // namespace chronus
