#include "osc/wire.h"

#include <fmt/format.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace chronus {

Result<std::unique_ptr<Wire>> Wire::open(const WireOptions& options) {
    Descriptor wake_up(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wake_up) return Refusal{"port", fmt::format("no file descriptor left: {}", strerror(errno)), ""};
    Result<Descriptor> udp = listen_udp(options.port);
    if (!udp) return udp.refusal();
    Result<Descriptor> local = listen_unix(options.socket_path);
    if (!local) return local.refusal();
    return std::make_unique<Wire>(std::move(*udp), std::move(*local), std::move(wake_up),
                                  options.socket_path);
}

Wire::Wire(Descriptor udp, Descriptor local, Descriptor wake_up, std::string socket_path)
    : udp_(std::move(udp)),
      unix_(std::move(local)),
      wake_up_(std::move(wake_up)),
      socket_path_(std::move(socket_path)) {}

Wire::~Wire() {
    unlink(socket_path_.c_str());
}

bool Wire::wait(std::optional<std::chrono::nanoseconds> timeout) {
    std::array<pollfd, 3> watched{
        {{udp_.get(), POLLIN, 0}, {unix_.get(), POLLIN, 0}, {wake_up_.get(), POLLIN, 0}}};
    timespec left{};
    if (timeout) {
        const auto nanoseconds = std::max<std::int64_t>(0, timeout->count());
        left = {nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
    }
    if (ppoll(watched.data(), watched.size(), timeout ? &left : nullptr, nullptr) <= 0) return false;
    if (watched[2].revents) {
        eventfd_t calls = 0;
        eventfd_read(wake_up_.get(), &calls);
    }
    udp_has_some_ = watched[0].revents;
    unix_has_some_ = watched[1].revents;
    return udp_has_some_ || unix_has_some_;
}

void Wire::wake() const noexcept {
    const int interrupted = errno;
    eventfd_write(wake_up_.get(), 1);
    errno = interrupted;
}

std::size_t Wire::receive(const Receiver::Callback& each) {
    std::size_t count = 0;
    for (auto [socket, has_some] : {std::pair{udp_.get(), &udp_has_some_}, {unix_.get(), &unix_has_some_}}) {
        if (!*has_some) continue;
        const std::size_t some = receiver_.receive(socket, each);
        *has_some = some > 0;
        count += some;
    }
    received_ += count;
    return count;
}

bool Wire::send(const Client& client, std::span<const std::byte> datagram) {
    const int socket = client.is_unix() ? unix_.get() : udp_.get();
    if (client.answerable() && sendto(socket, datagram.data(), datagram.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                                      reinterpret_cast<const sockaddr*>(&client.address), client.length) >= 0)
        return true;
    last_is_gone_ = client.is_unix() && client.answerable() && (errno == ECONNREFUSED || errno == ENOENT);
    ++unsent_;
    return false;
}

std::uint16_t Wire::port() const {
    sockaddr_in bound{};
    socklen_t length = sizeof bound;
    getsockname(udp_.get(), reinterpret_cast<sockaddr*>(&bound), &length);
    return ntohs(bound.sin_port);
}

int Wire::receive_buffer() const {
    int bytes = 0;
    socklen_t length = sizeof bytes;
    getsockopt(udp_.get(), SOL_SOCKET, SO_RCVBUF, &bytes, &length);
    return bytes;
}

// The count that SO_RXQ_OVFL attaches to datagrams, but also when none has come since.
std::uint64_t Wire::dropped() const {
    std::array<std::uint32_t, SK_MEMINFO_VARS> memory{};
    socklen_t length = sizeof memory;
    getsockopt(udp_.get(), SOL_SOCKET, SO_MEMINFO, memory.data(), &length);
    return memory[SK_MEMINFO_DROPS];
}

}  // namespace chronus
