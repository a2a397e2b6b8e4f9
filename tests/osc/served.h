// An instrument with its server over real sockets: the engine on the null device, the server on a thread of
// its own.
#pragma once
#include <atomic>
#include <thread>

#include "osc/peer.h"
#include "osc/server.h"
#include "render/live.h"

namespace chronus {

class Served {
public:
    static constexpr int kRate = 48000;

    explicit Served(const Library& library = modules())
        : console_(library, mail_, kRate), engine_(mail_, kRate) {
        console_.begin_batch();
        const auto studio = read_lines(classic_studio(), "studio.chr");
        for (const auto& [message, line] : *studio) console_.take(message);
        console_.end_batch();
        auto wire = Wire::open({0, socket_.path});
        if (!wire) throw std::runtime_error(wire.refusal().reason);
        wire_ = std::move(*wire);
        auto device = NullDevice::open({.name = "null", .rate = kRate, .frames = kDeviceFrames});
        if (!device) throw std::runtime_error(device.refusal().reason);
        device_ = std::move(*device);
        console_.set_lead(2 * CHRONUS_BLOCK + kDeviceFrames);
    }
    ~Served() { end(); }

    Console& console() { return console_; }  // before it begins and after it has ended
    NullDevice& device() { return *device_; }

    // `clock`: what time tags are read by; none: the device's own.
    Served& begin(FrameAt clock = nullptr) {
        if (!clock)
            clock = [this](std::int64_t ns) -> std::optional<double> {
                TimeFit fit;
                if (!device_->read_fit(fit)) return std::nullopt;
                return frame_at(fit, ns);
            };
        if (!device_->start({&engine_, render})) throw std::runtime_error("the null device does not start");
        for (TimeFit fit; !device_->read_fit(fit);) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        server_ = std::make_unique<Server>(*wire_, console_, std::move(clock));
        thread_ = std::thread([this] { server_->run([this] { return !stop_; }); });
        return *this;
    }
    // Once the server has come to its end by itself.
    void wait_for_end() { thread_.join(); }
    void end() {
        stop_ = true;
        wire_->wake();
        if (thread_.joinable()) thread_.join();
        device_->stop();
    }

    std::int32_t port() const { return wire_->port(); }
    Peer udp() const { return Peer::udp(wire_->port()); }
    Peer local(bool named = true) const { return Peer::local(socket_.path, named); }

private:
    static constexpr std::uint32_t kDeviceFrames = 64;

    static void render(void* engine, float* stereo, std::uint32_t frames) noexcept {
        static_cast<Engine*>(engine)->render(stereo, frames);
    }
    static std::string fresh_name() {
        static int count = 0;
        return "served-" + std::to_string(++count) + ".sock";
    }

    const Scratch socket_{fresh_name()};
    Mailbox mail_;
    Console console_;
    Engine engine_;
    std::unique_ptr<Wire> wire_;
    std::unique_ptr<NullDevice> device_;
    std::unique_ptr<Server> server_;
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

}  // namespace chronus
