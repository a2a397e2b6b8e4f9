// OSC's byte order, read and written at any alignment.
#pragma once
#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

namespace chronus {

template <std::unsigned_integral T>
T read_big_endian(std::span<const std::byte> bytes) {
    T value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        value = static_cast<T>(value << 8 | std::to_integer<T>(bytes[i]));
    return value;
}

template <std::unsigned_integral T>
void append_big_endian(std::vector<std::byte>& out, T value) {
    for (int shift = 8 * (sizeof(T) - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<std::byte>(value >> shift));
}

}  // namespace chronus
