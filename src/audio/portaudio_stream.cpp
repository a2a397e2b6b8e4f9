#include "audio/portaudio_stream.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pa_linux_alsa.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace chronus {

namespace {

using namespace std::chrono_literals;

constexpr double kRates[] = {22050, 32000, 44100, 48000, 88200, 96000, 176400, 192000};
constexpr auto kPatience = 500ms;  // for a device to let go

PaStreamParameters parameters(const OutputDevice& output, int channels) {
    const PaDeviceInfo* info = Pa_GetDeviceInfo(output.index);
    // ALSA's pulse plugin fetches in bursts: a low latency would starve it.
    const bool bursts = output.host == OutputDevice::Host::alsa && output.name == "pulse";
    return {.device = output.index,
            .channelCount = channels,
            .sampleFormat = paFloat32,
            .suggestedLatency = bursts ? info->defaultHighOutputLatency : info->defaultLowOutputLatency,
            .hostApiSpecificStreamInfo = nullptr};
}

std::string error_text(PaError error) {
    if (error != paUnanticipatedHostError) return Pa_GetErrorText(error);
    return Pa_GetLastHostErrorInfo()->errorText;
}

Refusal refuse_rate(const OutputDevice& output, int channels, double rate) {
    const PaStreamParameters format = parameters(output, channels);
    std::vector<double> taken;
    std::ranges::copy_if(kRates, std::back_inserter(taken), [&](double r) {
        return Pa_IsFormatSupported(nullptr, &format, r) == paFormatIsSupported;
    });
    if (taken.empty()) taken.push_back(output.rate);
    return {"device",
            fmt::format("'{}' does not play at {} Hz; it takes {}", output.full_name(), rate,
                        fmt::join(taken, ", ")),
            fmt::format("--rate {}", taken.back())};
}

}  // namespace

Result<std::shared_ptr<PortAudioStream>> PortAudioStream::open(std::shared_ptr<PortAudioSession> session,
                                                               const OutputDevice& output,
                                                               const DeviceRequest& request) {
    const QuietStderr quiet;
    const std::shared_ptr<PortAudioStream> made(
        new PortAudioStream(std::move(session), output, request.rate));
    const int wanted = std::min(2, output.channels);
    PaError error = made->open_with(wanted, request);
    // Some cards take nothing but all of their channels at once.
    if (error == paInvalidChannelCount) error = made->open_with(output.channels, request);
    if (error == paInvalidSampleRate) return refuse_rate(output, wanted, request.rate);
    if (error != paNoError)
        return Refusal{"device", fmt::format("'{}' does not open: {}", output.full_name(), error_text(error)),
                       "--device null"};
    return made;
}

PaError PortAudioStream::open_with(int channels, const DeviceRequest& request) {
    // JACK has a block size of its own; to ask for another would only add latency.
    const bool its_own = output_.host == OutputDevice::Host::jack || request.frames == 0;
    const unsigned long frames = its_own ? paFramesPerBufferUnspecified : request.frames;
    const PaStreamParameters format = parameters(output_, channels);
    channels_ = channels;
    const PaError error =
        Pa_OpenStream(&stream_, nullptr, &format, request.rate, frames, paNoFlag, on_callback, this);
    if (error != paNoError) return error;
    Pa_SetStreamFinishedCallback(stream_, on_finished);
    if (output_.host == OutputDevice::Host::alsa) PaAlsa_EnableRealtimeScheduling(stream_, 1);
    return paNoError;
}

PortAudioStream::~PortAudioStream() {
    const QuietStderr quiet;
    if (stream_) Pa_CloseStream(stream_);
}

Result<Done> PortAudioStream::start(Renderer renderer) {
    call_.begin(renderer);
    const QuietStderr quiet;
    if (const PaError error = Pa_StartStream(stream_); error != paNoError)
        return Refusal{"device",
                       fmt::format("'{}' does not start: {}", output_.full_name(), error_text(error)),
                       "--device null"};
    started_ = true;
    latency_seconds_ = Pa_GetStreamInfo(stream_)->outputLatency;  // JACK knows it only now
    return Done{};
}

// When jackd has died, PortAudio's stop never returns. So it runs on a thread of its own: if it hangs, the
// stream and PortAudio with it are left behind, knowingly, and never call the renderer again.
void PortAudioStream::stop() {
    struct Ending {
        std::mutex mutex;
        std::condition_variable changed;
        bool ended = false, abandoned = false;
    };
    const auto ending = std::make_shared<Ending>();
    std::thread([self = shared_from_this(), ending]() mutable {
        if (self->started_) Pa_StopStream(self->stream_);
        const std::lock_guard lock(ending->mutex);
        if (ending->abandoned) {
            // Too late: PortAudio is for one thread at a time, and its owner has gone on.
            new std::shared_ptr<PortAudioStream>(std::move(self));
            return;
        }
        Pa_CloseStream(std::exchange(self->stream_, nullptr));
        self.reset();
        ending->ended = true;
        ending->changed.notify_one();
    }).detach();

    std::unique_lock lock(ending->mutex);
    const auto patience =
        kPatience + std::chrono::duration<double>(latency_seconds_);  // what is queued plays out
    ending->abandoned = !ending->changed.wait_for(lock, patience, [&] { return ending->ended; });
    silent_ = true;
    wait_until_outside();
}

// A callback that began before silent_ was set may still be in the renderer, which its owner is about to
// free.
void PortAudioStream::wait_until_outside() const {
    for (auto waited = 0ms; inside_ && waited < kPatience; waited += 1ms) std::this_thread::sleep_for(1ms);
}

int PortAudioStream::on_callback(const void*, void* output, unsigned long frames,
                                 const PaStreamCallbackTimeInfo*, PaStreamCallbackFlags flags,
                                 void* context) noexcept {
    auto& self = *static_cast<PortAudioStream*>(context);
    if (flags & (paOutputUnderflow | paOutputOverflow)) self.call_.count_xrun();
    self.inside_ = true;
    if (self.silent_)
        std::fill_n(static_cast<float*>(output), frames * static_cast<unsigned>(self.channels_), 0.f);
    else
        self.render(static_cast<float*>(output), static_cast<std::uint32_t>(frames));
    self.inside_ = false;
    return paContinue;
}

void PortAudioStream::on_finished(void* self) noexcept {
    static_cast<PortAudioStream*>(self)->finished_ = true;
}

void PortAudioStream::render(float* output, std::uint32_t frames) noexcept {
    if (channels_ == 2)
        call_.run(output, frames);
    else
        render_through(output, frames);
}

// One channel gets the middle of both; beyond two, the rest stays silent.
void PortAudioStream::render_through(float* output, std::uint32_t frames) noexcept {
    while (frames > 0) {
        const std::uint32_t part = std::min(frames, kChunk);
        call_.run(stereo_.data(), part);
        for (std::uint32_t i = 0; i < part; ++i, output += channels_) {
            const float left = stereo_[2 * i], right = stereo_[2 * i + 1];
            std::fill_n(output, channels_, 0.f);
            output[0] = channels_ == 1 ? 0.5f * (left + right) : left;
            if (channels_ > 1) output[1] = right;
        }
        frames -= part;
    }
}

void PortAudioStream::fill_in(DeviceStatus& status) const {
    call_.fill_in(status);
    status.latency_seconds = latency_seconds_;
    status.gone = started_ && (status.gone || finished_);
}

}  // namespace chronus
