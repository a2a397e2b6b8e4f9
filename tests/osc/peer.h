// Someone who speaks OSC to a daemon, over UDP or over its UNIX socket.
#pragma once
#include <netinet/in.h>
#include <poll.h>
#include <sys/un.h>

#include <cstring>
#include <stdexcept>

#include "osc/client.h"
#include "osc/codec.h"
#include "osc/descriptor.h"
#include "text/message_text.h"

namespace chronus {

class Peer {
public:
    static Peer udp(std::uint16_t port) {
        const Client to = Client::udp(port);
        return Peer(AF_INET, reinterpret_cast<const sockaddr*>(&to.address), to.length);
    }
    // Without a name of its own it can't be answered.
    static Peer local(const std::string& path, bool named = true) {
        sockaddr_un to{};
        to.sun_family = AF_UNIX;
        path.copy(to.sun_path, sizeof to.sun_path - 1);
        return Peer(AF_UNIX, reinterpret_cast<const sockaddr*>(&to), sizeof to, named);
    }

    int socket() const { return socket_.get(); }
    bool is_udp() const { return port() != 0; }
    std::int32_t port() const {
        sockaddr_in own{};
        socklen_t length = sizeof own;
        getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&own), &length);
        return own.sin_family == AF_INET ? ntohs(own.sin_port) : 0;
    }

    void send_bytes(std::span<const std::byte> bytes) const {
        if (::send(socket_.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
            throw std::runtime_error("cannot send");
    }
    void send(const Message& message) const {
        std::vector<std::byte> bytes;
        encode(message, bytes);
        send_bytes(bytes);
    }
    void send(std::uint64_t ntp, const std::vector<Message>& messages) const {
        std::vector<std::byte> bytes;
        encode_bundle(ntp, messages, bytes);
        send_bytes(bytes);
    }

    Message receive() {
        pollfd readable{socket_.get(), POLLIN, 0};
        if (poll(&readable, 1, 20'000) != 1) throw std::runtime_error("no answer came");
        std::vector<std::byte> bytes(kLargestDatagram);
        const ssize_t size = recv(socket_.get(), bytes.data(), bytes.size(), 0);
        if (size < 0) throw std::runtime_error("nobody listens");
        const auto packet = decode({bytes.data(), static_cast<std::size_t>(size)});
        if (!packet) throw std::runtime_error("the answer is no OSC: " + packet.refusal().reason);
        return packet->messages.at(0).message;
    }
    Message ask(const Message& message) {
        send(message);
        return receive();
    }
    // The answer as a person reads it.
    std::string hear(const Message& message) { return print_message(ask(message)); }

private:
    Peer(int family, const sockaddr* to, socklen_t length, bool named = false)
        : socket_(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        // Bound to nothing but the family, it is given a free abstract name.
        const sa_family_t own = AF_UNIX;
        if (named && bind(socket_.get(), reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0)
            throw std::runtime_error("no name is free");
        if (connect(socket_.get(), to, length) != 0) throw std::runtime_error("nobody listens");
    }

    Descriptor socket_;
};

// The frame that an answer names last, or -1.
inline std::int64_t frame_in(const Message& answer) {
    std::int64_t frame = -1;
    for (std::size_t i = 1; i < answer.arguments.size(); ++i)
        if (answer.arguments[i - 1] == Argument(std::string("at")))
            if (const auto at = number_of(answer.arguments[i])) frame = static_cast<std::int64_t>(*at);
    return frame;
}

}  // namespace chronus
