// OSC's time tags: NTP time in 32.32 bit seconds since 1900, against nanoseconds since 1970 as clocks give
// them. All in integers and rounded to the nearest, so nanoseconds survive the way there and back.
#pragma once
#include <cstdint>
#include <ctime>

namespace chronus {

// The one time tag that isn't a time.
constexpr std::uint64_t kImmediately = 1;

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr std::int64_t kSecondsFrom1900To1970 = 2'208'988'800;

// The low 32 bits of the seconds are kept: the count wraps in 2036.
constexpr std::uint64_t ntp_from_unix(std::int64_t nanoseconds) {
    std::int64_t seconds = nanoseconds / kNanosecondsPerSecond;
    std::int64_t rest = nanoseconds % kNanosecondsPerSecond;
    if (rest < 0) {
        rest += kNanosecondsPerSecond;
        --seconds;
    }
    const std::uint64_t whole = static_cast<std::uint32_t>(seconds + kSecondsFrom1900To1970);
    const std::uint64_t fraction =
        ((static_cast<std::uint64_t>(rest) << 32) + kNanosecondsPerSecond / 2) / kNanosecondsPerSecond;
    return (whole << 32) + fraction;
}

// RFC 4330: seconds with a clear top bit belong to the era that begins in 2036.
constexpr std::int64_t unix_from_ntp(std::uint64_t ntp) {
    const std::uint64_t whole = ntp >> 32;
    const std::uint64_t fraction = ntp & 0xffff'ffff;
    const std::uint64_t since_1900 = whole & 0x8000'0000 ? whole : whole + (std::uint64_t{1} << 32);
    const std::uint64_t rest = (fraction * kNanosecondsPerSecond + (std::uint64_t{1} << 31)) >> 32;
    return (static_cast<std::int64_t>(since_1900) - kSecondsFrom1900To1970) * kNanosecondsPerSecond +
           static_cast<std::int64_t>(rest);
}

inline std::int64_t unix_now() {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * kNanosecondsPerSecond + now.tv_nsec;
}

inline std::uint64_t ntp_now() {
    return ntp_from_unix(unix_now());
}

}  // namespace chronus
