#include "audio/latest_fit.h"

#include <atomic>
#include <thread>

#include "catch.h"

using namespace chronus;

TEST_CASE("nothing is read before something was written") {
    LatestFit latest;
    TimeFit fit;
    CHECK_FALSE(latest.read(fit));
    latest.write({.ns = 1, .frame = 2, .ns_per_frame = 3});
    REQUIRE(latest.read(fit));
    CHECK(fit.ns == 1);
    CHECK(fit.frame == 2);
    CHECK(fit.ns_per_frame == 3);
}

TEST_CASE("a reader never sees parts of two fits") {
    LatestFit latest;
    latest.write({.ns = 0, .frame = 0, .ns_per_frame = 0});
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        for (std::uint64_t i = 0; !stop; ++i)
            latest.write({.ns = static_cast<std::int64_t>(i),
                          .frame = 2 * i,
                          .ns_per_frame = 0.5 * static_cast<double>(i)});
    });
    int torn = 0;
    for (int i = 0; i < 200000; ++i) {
        TimeFit fit;
        latest.read(fit);
        const auto ns = static_cast<std::uint64_t>(fit.ns);
        torn += fit.frame != 2 * ns || fit.ns_per_frame != 0.5 * static_cast<double>(ns);
    }
    stop = true;
    writer.join();
    CHECK(torn == 0);
}
