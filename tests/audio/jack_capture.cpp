// Against a real JACK server (tests/audio/jack-dummy): what JACK gets is what was rendered, bit for bit,
// a wrong rate is refused with the right one, and a server that dies is noticed and cannot hang the end.
#include <jack/jack.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "audio/choose.h"
#include "guard/guard.h"

using namespace chronus;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kSeconds = 2;
constexpr std::size_t kMostFrames = 48000 * 8;
int failures = 0;

void check(bool fact, const char* what) {
    std::printf("%s  %s\n", fact ? "ok    " : "FAILED", what);
    if (!fact) ++failures;
}

// White noise that a sample's number alone decides, so any lost, doubled or swapped sample shows.
float noise(std::uint64_t number) {
    number = (number + 1) * 0x9e3779b97f4a7c15u;
    number = (number ^ (number >> 32)) * 0xd6e8feb86659fd93u;
    return static_cast<float>(static_cast<std::int32_t>(number >> 32)) * 0x1p-31f;
}

struct Noise {
    std::uint64_t frame = 0;
    static void render(void* context, float* stereo, std::uint32_t frames) noexcept {
        auto& self = *static_cast<Noise*>(context);
        for (std::uint32_t i = 0; i < frames; ++i, ++self.frame) {
            stereo[2 * i] = noise(2 * self.frame);
            stereo[2 * i + 1] = noise(2 * self.frame + 1);
        }
    }
    Renderer renderer() { return {this, render}; }
};

// A JACK client that keeps what arrives at its two inputs.
class Capture {
public:
    Capture() : left_(kMostFrames), right_(kMostFrames) {
        client_ = jack_client_open("capture", JackNoStartServer, nullptr);
        if (!client_) return;
        for (auto& [port, name] : {std::pair{&ports_[0], "left"}, std::pair{&ports_[1], "right"}})
            *port = jack_port_register(client_, name, JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
        jack_set_process_callback(client_, process, this);
        jack_activate(client_);
    }
    ~Capture() {
        if (client_) jack_client_close(client_);
    }

    bool connect() {
        const char** outputs =
            jack_get_ports(client_, "^chronus:", JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput);
        bool connected = outputs && outputs[0] && outputs[1];
        for (int i = 0; connected && i < 2; ++i)
            connected = jack_connect(client_, outputs[i], jack_port_name(ports_[i])) == 0;
        jack_free(outputs);
        return connected;
    }

    std::size_t frames() const { return count_; }
    float left(std::size_t i) const { return left_[i]; }
    float right(std::size_t i) const { return right_[i]; }

private:
    static int process(jack_nframes_t frames, void* context) {
        auto& self = *static_cast<Capture*>(context);
        const std::size_t count = self.count_;
        if (count + frames > kMostFrames) return 0;
        std::memcpy(&self.left_[count], jack_port_get_buffer(self.ports_[0], frames), frames * sizeof(float));
        std::memcpy(&self.right_[count], jack_port_get_buffer(self.ports_[1], frames),
                    frames * sizeof(float));
        self.count_ = count + frames;
        return 0;
    }

    jack_client_t* client_ = nullptr;
    jack_port_t* ports_[2] = {};
    std::vector<float> left_, right_;
    std::atomic<std::size_t> count_{0};
};

// The frame that was rendered as the captured pair at `i`, or -1.
std::int64_t rendered_frame(const Capture& capture, std::size_t i, std::uint64_t rendered) {
    for (std::uint64_t frame = 0; frame < rendered; ++frame)
        if (capture.left(i) == noise(2 * frame) && capture.right(i) == noise(2 * frame + 1))
            return static_cast<std::int64_t>(frame);
    return -1;
}

// How many frames after the first that sounds on both sides follow each other exactly as they were rendered.
std::size_t matching(const Capture& capture, std::uint64_t rendered) {
    std::size_t first = 0;
    while (first < capture.frames() && (capture.left(first) == 0 || capture.right(first) == 0)) ++first;
    if (first == capture.frames()) return 0;
    const std::int64_t frame = rendered_frame(capture, first, rendered);
    if (frame < 0) return 0;
    std::size_t count = 0;
    for (std::size_t i = first; i < capture.frames(); ++i, ++count) {
        const std::uint64_t number = 2 * (static_cast<std::uint64_t>(frame) + count);
        if (capture.left(i) != noise(number) || capture.right(i) != noise(number + 1)) break;
    }
    return count;
}

std::unique_ptr<Device> open(double rate, std::string& refusal) {
    std::string notice;
    auto device = open_device({.name = "", .rate = rate}, notice);
    if (device) return std::move(*device);
    refusal = device.refusal().reason;
    return nullptr;
}

// The server may skip a cycle on a machine that stands still for longer than its patience: then once more.
void bit_for_bit(std::uint32_t period) {
    std::size_t longest = 0;
    DeviceStatus status;
    for (int attempt = 0; attempt < 3 && longest < kSeconds * 48000; ++attempt) {
        std::string refusal;
        const auto device = open(48000, refusal);
        check(device != nullptr, "JACK is the device that is chosen");
        if (!device) return;
        Noise noise;
        Capture capture;
        check(bool(device->start(noise.renderer())), "it starts");
        check(capture.connect(), "its ports are called chronus");
        for (int i = 0; i < 800 && capture.frames() < (kSeconds + 1) * 48000; ++i)
            std::this_thread::sleep_for(10ms);
        status = device->status();
        TimeFit fit;
        check(device->read_fit(fit) && fit.ns_per_frame > 20000 && fit.ns_per_frame < 22000,
              "its clock is fitted");
        device->stop();
        longest = matching(capture, noise.frame);
    }
    std::printf("        %zu frames alike, %llu xruns, latency %.2f ms, %s\n", longest,
                static_cast<unsigned long long>(status.xruns), status.latency_seconds * 1000,
                status.name.c_str());
    check(longest >= kSeconds * 48000, "what JACK captures is what was rendered, bit for bit");
    check(status.frames == period, "the block is JACK's own");
    check(status.latency_seconds >= 0 && status.latency_seconds < 0.1,
          "the latency is stated");  // with -S it is 0
    check(!status.gone, "it is not gone");
}

void refuses_other_rates() {
    std::string refusal;
    check(!open(44100, refusal), "another rate is refused");
    check(refusal.find("it takes 48000") != std::string::npos, refusal.c_str());
}

void survives_the_servers_death(pid_t server) {
    std::string refusal;
    const auto device = open(48000, refusal);
    Noise noise;
    check(device && device->start(noise.renderer()), "it starts once more");
    if (!device) return;
    std::this_thread::sleep_for(200ms);
    kill(server, SIGKILL);
    bool gone = false;
    for (int i = 0; i < 40 && !(gone = device->status().gone); ++i) std::this_thread::sleep_for(50ms);
    check(gone, "a server that dies is noticed within two seconds");
    const auto before = std::chrono::steady_clock::now();
    device->stop();
    check(std::chrono::steady_clock::now() - before < 1500ms, "and cannot hang the end");
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) return std::fprintf(stderr, "usage: jack-dummy PERIOD jack-capture PERIOD\n"), 2;
    bit_for_bit(static_cast<std::uint32_t>(std::atoi(words[1])));
    refuses_other_rates();
    if (const char* server = std::getenv("JACK_DUMMY_PID")) survives_the_servers_death(std::atoi(server));
    std::fflush(stdout);
    std::_Exit(failures == 0 ? 0 : 1);  // libjack's own exit may wait for the server that was killed
}
