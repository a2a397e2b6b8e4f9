// Takes OSC's pieces off the front of a datagram; nothing is read that the datagram doesn't have.
#pragma once
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "osc/big_endian.h"

namespace chronus {

class PacketReader {
public:
    explicit PacketReader(std::span<const std::byte> bytes) : rest_(bytes) {}

    bool empty() const { return rest_.empty(); }
    std::span<const std::byte> rest() const { return rest_; }
    char next() const { return rest_.empty() ? '\0' : static_cast<char>(rest_.front()); }

    // A string with its NUL and the zeros up to the next multiple of four.
    std::optional<std::string_view> string() {
        const auto* text = reinterpret_cast<const char*>(rest_.data());
        const std::size_t length = strnlen(text, rest_.size());
        const std::size_t padded = (length / 4 + 1) * 4;
        if (padded > rest_.size()) return std::nullopt;
        for (std::size_t i = length; i < padded; ++i)
            if (text[i] != '\0') return std::nullopt;
        rest_ = rest_.subspan(padded);
        return std::string_view(text, length);
    }

    template <std::unsigned_integral T>
    std::optional<T> number() {
        if (rest_.size() < sizeof(T)) return std::nullopt;
        const T value = read_big_endian<T>(rest_);
        rest_ = rest_.subspan(sizeof(T));
        return value;
    }

    std::optional<std::span<const std::byte>> bytes(std::size_t count) {
        if (rest_.size() < count) return std::nullopt;
        const auto taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }

private:
    std::span<const std::byte> rest_;
};

}  // namespace chronus
