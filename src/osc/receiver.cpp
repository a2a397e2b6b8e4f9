#include "osc/receiver.h"

namespace chronus {

Receiver::Receiver() : storage_(std::make_unique_for_overwrite<std::byte[]>(kBatch * kBufferSize)) {
    for (std::size_t i = 0; i < kBatch; ++i) {
        buffers_[i] = {storage_.get() + i * kBufferSize, kBufferSize};
        headers_[i].msg_hdr.msg_name = &senders_[i].address;
        headers_[i].msg_hdr.msg_iov = &buffers_[i];
        headers_[i].msg_hdr.msg_iovlen = 1;
    }
}

std::size_t Receiver::receive(int socket, const Callback& each) {
    for (std::size_t i = 0; i < kBatch; ++i) {
        // The kernel leaves the name of an unnamed UNIX sender alone, so the last one must not show.
        senders_[i].address.ss_family = AF_UNIX;
        headers_[i].msg_hdr.msg_namelen = sizeof senders_[i].address;
    }
    const int count = recvmmsg(socket, headers_.data(), kBatch, MSG_DONTWAIT, nullptr);
    for (int i = 0; i < count; ++i) {
        senders_[i].length = headers_[i].msg_hdr.msg_namelen;
        each(senders_[i], {static_cast<const std::byte*>(buffers_[i].iov_base), headers_[i].msg_len});
    }
    return count < 0 ? 0 : static_cast<std::size_t>(count);
}

}  // namespace chronus
