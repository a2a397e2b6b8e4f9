#include "osc/timetag.h"

#include <random>

#include "catch.h"

using namespace chronus;

TEST_CASE("known moments have the time tags of RFC 5905") {
    CHECK(ntp_from_unix(0) == 0x83aa'7e80'0000'0000);
    CHECK(ntp_from_unix(500'000'000) == 0x83aa'7e80'8000'0000);
    CHECK(ntp_from_unix(-250'000'000) == 0x83aa'7e7f'c000'0000);
    CHECK(unix_from_ntp(0x83aa'7e80'4000'0000) == 250'000'000);
}

TEST_CASE("every nanosecond survives the way to a time tag and back") {
    std::mt19937_64 random(1);
    std::uniform_int_distribution<std::int64_t> moment(0, 4'000'000'000 * kNanosecondsPerSecond);
    for (int i = 0; i < 100'000; ++i) {
        const std::int64_t at = moment(random);
        if (unix_from_ntp(ntp_from_unix(at)) != at) FAIL("lost at " << at);
    }
    for (const std::int64_t edge : {std::int64_t{0}, kNanosecondsPerSecond - 1, kNanosecondsPerSecond})
        CHECK(unix_from_ntp(ntp_from_unix(edge)) == edge);
}

TEST_CASE("time goes on when the count of seconds wraps in 2036") {
    const std::int64_t last = (std::int64_t{1} << 32) - kSecondsFrom1900To1970 - 1;
    const std::int64_t before = last * kNanosecondsPerSecond, after = before + 2 * kNanosecondsPerSecond;
    CHECK(ntp_from_unix(after) >> 32 == 1);
    CHECK(unix_from_ntp(ntp_from_unix(after)) == after);
    CHECK(unix_from_ntp(ntp_from_unix(before)) == before);
}

TEST_CASE("now is between the clock before and the clock after") {
    const std::int64_t before = unix_now();
    const std::int64_t now = unix_from_ntp(ntp_now());
    CHECK(before <= now);
    CHECK(now <= unix_now());
}
