// Datagrams written byte by byte, to send what no encoder of ours would.
#pragma once
#include <cstring>
#include <string_view>

#include "osc/big_endian.h"

namespace chronus {

struct RawPacket {
    std::vector<std::byte> bytes;

    RawPacket& string(std::string_view text) {
        raw(text);
        bytes.resize((bytes.size() / 4 + 1) * 4);
        return *this;
    }
    RawPacket& raw(std::string_view text) {
        for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
        return *this;
    }
    RawPacket& word(std::uint32_t value) {
        append_big_endian(bytes, value);
        return *this;
    }
    RawPacket& bundle(std::uint64_t ntp) {
        string("#bundle");
        append_big_endian(bytes, ntp);
        return *this;
    }
    RawPacket& element(const RawPacket& content) {
        word(static_cast<std::uint32_t>(content.bytes.size()));
        bytes.insert(bytes.end(), content.bytes.begin(), content.bytes.end());
        return *this;
    }
};

}  // namespace chronus
