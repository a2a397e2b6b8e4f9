// OSC 1.0 datagrams to messages and back. liblo knows the types; what it trusts is checked here first,
// because anyone on this machine can send us anything.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "refusal/refusal.h"
#include "text/message.h"

namespace chronus {

constexpr std::size_t kLargestDatagram = 65'507;  // what UDP over IPv4 can carry
constexpr int kDeepestBundle = 8;
constexpr std::size_t kMostMessages = 4'096;  // in one datagram; a bundle of the smallest is 5 460

struct TimedMessage {
    std::uint64_t ntp = 1;     // 1: immediately
    std::uint32_t bundle = 0;  // 0: came alone; else counts the datagram's bundles from 1, as they open
    Message message;

    bool operator==(const TimedMessage&) const = default;
};

struct Packet {
    std::vector<TimedMessage> messages;
};

// All of it or nothing. Refused with the code "wire" if malformed, "type" if an argument's type isn't ours.
// Array brackets are taken off, so a list is its elements; symbols become strings.
Result<Packet> decode(std::span<const std::byte> datagram);

// Replace what is in `out`. Strings end at their first NUL, as OSC's do.
void encode(const Message& message, std::vector<std::byte>& out);
void encode_bundle(std::uint64_t ntp, std::span<const Message> messages, std::vector<std::byte>& out);

}  // namespace chronus
