// Who sent a datagram and where an answer goes: a UDP port on this machine or a UNIX socket. A value, usable
// as a key.
#pragma once
#include <sys/socket.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace chronus {

struct Client {
    sockaddr_storage address{};
    socklen_t length = 0;

    static Client udp(std::uint16_t port);  // on 127.0.0.1

    bool is_unix() const { return address.ss_family == AF_UNIX; }
    // A UNIX sender that bound no name can't be answered.
    bool answerable() const;
    // "127.0.0.1:5006", "unix:/run/user/1000/x.sock", "unix:@0001f" or "unix:unnamed".
    std::string name() const;

    std::string_view bytes() const { return {reinterpret_cast<const char*>(&address), length}; }
    bool operator==(const Client& other) const { return bytes() == other.bytes(); }
};

}  // namespace chronus

template <>
struct std::hash<chronus::Client> {
    std::size_t operator()(const chronus::Client& client) const {
        return std::hash<std::string_view>{}(client.bytes());
    }
};
