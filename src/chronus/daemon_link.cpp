#include "chronus/daemon_link.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <random>
#include <thread>

#include "chronus/request.h"
#include "osc/client.h"
#include "osc/codec.h"
#include "osc/listen.h"

namespace chronus::hand {
namespace {

using namespace std::chrono_literals;

constexpr DaemonLink::Clock::duration kLongestWait = std::chrono::hours(24);
constexpr auto kAskAgain = 300ms;      // far beyond any answer of a living daemon
constexpr std::size_t kMostSent = 64;  // whose answers may be lost
constexpr auto kLookAgain = 50ms;      // for a daemon that is starting

// The usual path may be in /tmp, where anyone can put a socket: only our own (or root's) is trusted.
bool is_trusted(const std::string& path) {
    struct stat found {};
    return stat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode) &&
           (found.st_uid == geteuid() || found.st_uid == 0);
}

bool wait_for(int socket, short event, DaemonLink::Clock::time_point until) {
    const auto left = until - DaemonLink::Clock::now();
    if (left <= 0ns) return false;
    pollfd watched{socket, event, 0};
    return poll(&watched, 1, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count())) >
           0;
}

double seconds(DaemonLink::Clock::duration time) {
    return std::chrono::duration<double>(time).count();
}

}  // namespace

DaemonLink::DaemonLink(Place place, Clock::duration timeout)
    : place_(std::move(place)),
      timeout_(timeout),
      name_(fmt::format("{:08x}", std::random_device{}())),
      buffer_(kLargestDatagram) {}

Result<Answer> DaemonLink::ask(const Message& request) {
    std::vector<std::byte> datagram;
    const std::string id = encoded(request, datagram);
    if (datagram.size() > kLargestDatagram)
        return Refusal{
            "wire", fmt::format("too long to send: {} bytes of {}", datagram.size(), kLargestDatagram), ""};

    const bool waits = request.address == "/wait";  // its answer comes when its moment does
    const std::chrono::duration<double> hearing(seconds_to_hear(request));
    const Clock::time_point deadline =
        Clock::now() +
        (waits ? kLongestWait : timeout_ + std::chrono::duration_cast<Clock::duration>(hearing));
    std::optional<Answer> answer;
    bool asked_before = false;
    Heard heard = Heard::absence;
    do {
        heard = Heard::absence;
        if ((socket_ || connect()) && send(datagram, deadline)) {
            const Clock::time_point again =
                asked_before ? deadline : std::min(deadline, Clock::now() + kAskAgain);
            heard = listen(id, again, answer);
        }
        if (answer) return *answer;
        if (heard == Heard::nothing) {
            asked_before = true;
        } else {
            socket_ = Descriptor{};
            std::this_thread::sleep_until(std::min(deadline, Clock::now() + kLookAgain));
        }
    } while (Clock::now() < deadline);
    return heard == Heard::nothing ? silent() : absent();
}

std::string DaemonLink::encoded(const Message& request, std::vector<std::byte>& datagram) {
    const std::string id = fmt::format("{}-{}", name_, ++asked_);
    encode(with_id(id, request), datagram);
    return id;
}

std::optional<std::string> DaemonLink::send(const Message& request) {
    std::vector<std::byte> datagram;
    const std::string id = encoded(request, datagram);
    if (!(socket_ || connect()) || !send(datagram, Clock::now())) return std::nullopt;
    if (sent_.size() >= kMostSent) sent_.clear();
    sent_.emplace(id, std::nullopt);
    return id;
}

std::optional<Answer> DaemonLink::answer_to(const std::string& id) {
    const auto sent = sent_.find(id);
    if (sent == sent_.end()) return std::nullopt;
    std::optional<Answer> answer = std::move(sent->second);
    if (!answer && socket_) listen(id, Clock::now() + 1ms, answer);
    if (answer) sent_.erase(sent);
    return answer;
}

// It may be the answer to something else that was sent.
void DaemonLink::keep(const Message& message) {
    for (auto& [id, answer] : sent_)
        if (!answer) answer = read_answer(message, id);
}

bool DaemonLink::connect() {
    if (place_.socket_path) return connect_unix(*place_.socket_path);
    if (place_.port) return connect_udp(*place_.port);
    const std::string usual = default_socket_path();
    return (is_trusted(usual) && connect_unix(usual)) || connect_udp(kDefaultPort);
}

bool DaemonLink::connect_unix(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) return false;
    std::memcpy(address.sun_path, path.data(), path.size());
    Descriptor local(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    // Bound to nothing but the family, it is given a free abstract name, which answers can be sent to.
    const sa_family_t family = AF_UNIX;
    if (!local || bind(local.get(), reinterpret_cast<const sockaddr*>(&family), sizeof family) != 0 ||
        ::connect(local.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return false;
    socket_ = std::move(local);
    connected_to_ = path;
    return true;
}

bool DaemonLink::connect_udp(std::uint16_t port) {
    const Client daemon = Client::udp(port);
    Descriptor udp(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!udp || ::connect(udp.get(), reinterpret_cast<const sockaddr*>(&daemon.address), daemon.length) != 0)
        return false;
    socket_ = std::move(udp);
    connected_to_ = daemon.name();
    return true;
}

// A UNIX socket whose daemon is busy is waited for; false if there is none.
bool DaemonLink::send(std::span<const std::byte> datagram, Clock::time_point deadline) {
    while (::send(socket_.get(), datagram.data(), datagram.size(), MSG_NOSIGNAL) < 0) {
        if (errno == EINTR) continue;
        if (errno != EAGAIN) return false;
        if (!wait_for(socket_.get(), POLLOUT, deadline)) return true;
    }
    return true;
}

DaemonLink::Heard DaemonLink::listen(const std::string& id, Clock::time_point until,
                                     std::optional<Answer>& answer) {
    while (wait_for(socket_.get(), POLLIN, until)) {
        const ssize_t size = recv(socket_.get(), buffer_.data(), buffer_.size(), 0);
        if (size < 0 && errno != EAGAIN && errno != EINTR) return Heard::absence;
        if (size <= 0) continue;
        const Result<Packet> packet = decode({buffer_.data(), static_cast<std::size_t>(size)});
        if (!packet) continue;
        for (const TimedMessage& timed : packet->messages) {
            if ((answer = read_answer(timed.message, id))) return Heard::answer;
            keep(timed.message);
        }
    }
    return Heard::nothing;
}

Refusal DaemonLink::absent() const {
    std::string tried = place_.socket_path ? *place_.socket_path : "";
    std::string start = place_.socket_path ? "chronusd --socket " + *place_.socket_path : "chronusd";
    if (!place_.socket_path) tried = Client::udp(place_.port.value_or(kDefaultPort)).name();
    if (place_.port && !place_.socket_path) start = fmt::format("chronusd --port {}", *place_.port);
    return {"absent", fmt::format("no daemon answers at {}; start one", tried), start};
}

Refusal DaemonLink::silent() const {
    return {"silent",
            fmt::format("{} gave no answer within {} s; is it chronusd?", connected_to_, seconds(timeout_)),
            fmt::format("chronus --timeout {} /status", std::max(5.0, 5 * seconds(timeout_)))};
}

}  // namespace chronus::hand
