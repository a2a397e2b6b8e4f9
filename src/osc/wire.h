// The daemon's two sockets as one: UDP on 127.0.0.1 and a UNIX socket, which is lossless.
// All but wake() belong to the osc thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "osc/client.h"
#include "osc/descriptor.h"
#include "osc/listen.h"
#include "osc/receiver.h"
#include "refusal/refusal.h"

namespace chronus {

struct WireOptions {
    std::uint16_t port = kDefaultPort;  // 0: any free one
    std::string socket_path = default_socket_path();
};

class Wire {
public:
    static Result<std::unique_ptr<Wire>> open(const WireOptions& options);
    Wire(Descriptor udp, Descriptor local, Descriptor wake_up, std::string socket_path);
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;
    ~Wire();  // takes the socket's file with it

    // True when datagrams are there; false when the time is up, wake() was called or a signal came.
    // Without a timeout it waits until one of these.
    bool wait(std::optional<std::chrono::nanoseconds> timeout);
    void wake() const noexcept;  // [any], also from a signal handler

    // One batch from each socket that had any. Returns how many; 0 when there are none. Never waits.
    std::size_t receive(const Receiver::Callback& each);
    // Never waits: what the kernel doesn't take at once is counted and lost.
    bool send(const Client& client, std::span<const std::byte> datagram);

    std::uint16_t port() const;
    const std::string& socket_path() const { return socket_path_; }
    int receive_buffer() const;  // bytes the kernel really gave to UDP, its own use included
    std::uint64_t received() const { return received_; }  // datagrams
    std::uint64_t dropped() const;                        // UDP datagrams the kernel had no room for
    // Whether what could not be sent last had nobody to go to any more.
    bool last_is_gone() const { return last_is_gone_; }
    std::uint64_t unsent() const { return unsent_; }

private:
    Descriptor udp_, unix_, wake_up_;
    std::string socket_path_;
    Receiver receiver_;
    bool udp_has_some_ = true, unix_has_some_ = true;  // as far as was seen
    std::uint64_t received_ = 0;
    std::uint64_t unsent_ = 0;
    bool last_is_gone_ = false;
};

}  // namespace chronus
