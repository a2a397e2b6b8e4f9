// Takes datagrams off a socket, up to 64 with one system call, into buffers that are there from the start.
#pragma once
#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include "osc/client.h"

namespace chronus {

class Receiver {
public:
    // Larger datagrams are cut to exactly this, which the codec refuses as too large.
    static constexpr std::size_t kBufferSize = 65'536;
    static constexpr unsigned kBatch = 64;

    using Callback = std::function<void(const Client&, std::span<const std::byte>)>;

    Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    // Returns how many there were; never waits.
    std::size_t receive(int socket, const Callback& each);

private:
    // Pages that no datagram has reached yet cost no memory.
    std::unique_ptr<std::byte[]> storage_;
    std::array<Client, kBatch> senders_{};
    std::array<iovec, kBatch> buffers_{};
    std::array<mmsghdr, kBatch> headers_{};
};

}  // namespace chronus
