#include "text/numbers.h"

#include <charconv>
#include <system_error>
#include <type_traits>

namespace chronus {
namespace {

// Between these, digits alone are short enough to be read by a person.
constexpr double kPlainAbove = 1e-4;
constexpr double kPlainBelow = 1e9;

template <class T>
std::string shortest(T value) {
    const double size = std::fabs(static_cast<double>(value));
    const bool plain = size == 0 || (size >= kPlainAbove && size < kPlainBelow);
    char text[64];
    const auto end = plain ? std::to_chars(text, text + sizeof text, value, std::chars_format::fixed)
                           : std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// from_chars reports too large and too small alike. A long double reaches further, and tells them apart.
template <class T>
std::optional<T> zero_if_tiny(const char* begin, const char* end) {
    long double wide = 0;
    if (std::from_chars(begin, end, wide).ec != std::errc{} || std::fabs(wide) > 1) return {};
    return std::signbit(wide) ? -T{} : T{};
}

}  // namespace

std::string print_number(float value) {
    return shortest(value);
}
std::string print_number(double value) {
    return shortest(value);
}

template <class T>
std::optional<T> read_as(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) return {};
    }
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    if (first == text.size() || !(is_digit(text[first]) || text[first] == '.')) return {};

    T value{};
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ptr != end) return {};
    if (read.ec == std::errc{}) return value;
    if constexpr (std::is_floating_point_v<T>) {
        if (read.ec == std::errc::result_out_of_range) return zero_if_tiny<T>(text.data(), end);
    }
    return {};
}

template std::optional<std::int32_t> read_as(std::string_view);
template std::optional<std::int64_t> read_as(std::string_view);
template std::optional<float> read_as(std::string_view);
template std::optional<double> read_as(std::string_view);

std::optional<double> read_number(std::string_view text) {
    return read_as<double>(text);
}

}  // namespace chronus
