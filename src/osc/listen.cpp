#include "osc/listen.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "osc/port_holder.h"

namespace chronus {
namespace {

// With the default of 213 kB a third of 100 000 messages a second was lost, with 4 MB none.
// What a UNIX client has not read yet stays in our send buffer: the default held no more than 270 answers.
constexpr int kBuffer = 4 << 20;

void widen(int socket) {
    if (setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &kBuffer, sizeof kBuffer) != 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &kBuffer, sizeof kBuffer);
    if (setsockopt(socket, SOL_SOCKET, SO_SNDBUFFORCE, &kBuffer, sizeof kBuffer) != 0)
        setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &kBuffer, sizeof kBuffer);
}

Refusal no_socket(const std::string& path, const std::string& why) {
    return {"port", fmt::format("can't listen at {}: {}", path, why),
            "chronusd --socket /tmp/my-chronus.sock"};
}

// Whether anyone listens at the path; a dead daemon's file refuses the connection.
bool is_alive(const sockaddr_un& address) {
    const Descriptor probe(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    return connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
           errno != ECONNREFUSED;
}

Result<Done> make_way(const sockaddr_un& address) {
    struct stat found {};
    if (lstat(address.sun_path, &found) != 0) return Done{};
    if (!S_ISSOCK(found.st_mode)) return no_socket(address.sun_path, "a file is there that is no socket");
    if (is_alive(address)) return no_socket(address.sun_path, "another daemon listens there");
    if (unlink(address.sun_path) != 0)
        return no_socket(address.sun_path,
                         fmt::format("a dead daemon's socket is there ({})", strerror(errno)));
    return Done{};
}

}  // namespace

std::string default_socket_path() {
    if (const char* runtime = std::getenv("XDG_RUNTIME_DIR"); runtime && *runtime)
        return std::string(runtime) + "/music-chronus.sock";
    return fmt::format("/tmp/music-chronus-{}.sock", getuid());
}

Result<Descriptor> listen_udp(std::uint16_t port) {
    Descriptor udp(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (udp && bind(udp.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        widen(udp.get());
        return udp;
    }
    const std::string why = errno == EADDRINUSE ? fmt::format("{} holds it", holder_of_udp_port(port))
                                                : std::string(strerror(errno));
    return Refusal{"port", fmt::format("can't listen on UDP port {}: {}", port, why),
                   fmt::format("chronusd --port {}", port == 65'535 ? 5'005 : port + 1)};
}

Result<Descriptor> listen_unix(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return no_socket(path, fmt::format("a socket's path has 1 to {} bytes", sizeof address.sun_path - 1));
    std::memcpy(address.sun_path, path.data(), path.size());

    const Result<Done> free = make_way(address);
    if (!free) return free.refusal();
    Descriptor local(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    // Linux gives the file the socket's mode, so it is never open to others, not even between two calls.
    if (!local || fchmod(local.get(), 0600) != 0 ||
        bind(local.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return no_socket(path, strerror(errno));
    widen(local.get());
    return local;
}

}  // namespace chronus
