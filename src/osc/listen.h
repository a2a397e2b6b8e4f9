// Opens the two sockets that the daemon is reached by, or says why it can't.
#pragma once
#include <cstdint>
#include <string>

#include "osc/descriptor.h"
#include "refusal/refusal.h"

namespace chronus {

constexpr std::uint16_t kDefaultPort = 5005;

// $XDG_RUNTIME_DIR/music-chronus.sock, else /tmp/music-chronus-UID.sock.
std::string default_socket_path();

// Bound to 127.0.0.1 only; port 0 takes any free one.
Result<Descriptor> listen_udp(std::uint16_t port);

// Takes the place of a dead daemon's socket, never of a living one's or of another file. Only the owner may
// write to it.
Result<Descriptor> listen_unix(const std::string& path);

}  // namespace chronus
