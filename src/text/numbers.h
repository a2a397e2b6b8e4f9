// Numbers as text, the same on every machine and in every locale: what is printed reads back as the same
// number.
#pragma once
#include <cmath>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chronus {

// As few digits as read back exactly; without an exponent where a person would write none (1000000, not
// 1e+06).
std::string print_number(float value);
std::string print_number(double value);
std::string print_number(std::integral auto value) {
    return std::to_string(value);
}

// The whole text must be one decimal number; a leading + is allowed. There is no inf, nan or hexadecimal, and
// what is too large for T is no number. float is rounded from the text itself, never by way of double. Made
// for int32_t, int64_t, float and double.
template <class T>
std::optional<T> read_as(std::string_view text);

std::optional<double> read_number(std::string_view text);

inline bool is_finite_number(double value) {
    return std::isfinite(value);
}

}  // namespace chronus
