// A client that sends a great many messages at an even pace, many with one call of the system.
#pragma once
#include <sys/socket.h>
#include <sys/uio.h>

#include <chrono>
#include <thread>
#include <vector>

#include "osc/codec.h"
#include "osc/descriptor.h"
#include "osc/peer.h"

namespace chronus::bench {

using Datagram = std::vector<std::byte>;
using Steady = std::chrono::steady_clock;

inline Datagram datagram_of(const Message& message) {
    Datagram bytes;
    encode(message, bytes);
    return bytes;
}

struct Sent {
    std::int64_t count = 0;
    double seconds = 0;
};

// The same datagrams over and over, as many a second, in bursts of half a millisecond.
inline Sent send_evenly(int socket, const std::vector<Datagram>& datagrams, int rate, double seconds) {
    constexpr auto kBurst = std::chrono::microseconds(500);
    const auto start = Steady::now();
    const auto all = static_cast<std::int64_t>(rate * seconds);
    std::vector<iovec> parts(1024);
    std::vector<mmsghdr> headers(parts.size());
    Sent sent;
    for (auto next = start; sent.count < all; next += kBurst) {
        std::this_thread::sleep_until(next);
        const double passed = std::chrono::duration<double>(Steady::now() - start).count();
        auto due = std::min<std::int64_t>(all, static_cast<std::int64_t>(passed * rate)) - sent.count;
        while (due > 0) {
            const auto burst = static_cast<std::size_t>(std::min<std::int64_t>(due, static_cast<std::int64_t>(parts.size())));
            for (std::size_t i = 0; i < burst; ++i) {
                const Datagram& datagram = datagrams[static_cast<std::size_t>(sent.count + static_cast<std::int64_t>(i)) % datagrams.size()];
                parts[i] = {const_cast<std::byte*>(datagram.data()), datagram.size()};
                headers[i] = {};
                headers[i].msg_hdr.msg_iov = &parts[i];
                headers[i].msg_hdr.msg_iovlen = 1;
            }
            const int taken = sendmmsg(socket, headers.data(), static_cast<unsigned>(burst), 0);
            if (taken <= 0) break;
            sent.count += taken;
            due -= taken;
        }
    }
    sent.seconds = std::chrono::duration<double>(Steady::now() - start).count();
    return sent;
}

}  // namespace chronus::bench
