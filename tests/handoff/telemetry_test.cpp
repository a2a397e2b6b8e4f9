#include "handoff/telemetry.h"

#include <thread>

#include "catch.h"

using namespace chronus;

namespace {

struct Wide {
    std::uint64_t words[32] = {};
};

}  // namespace

TEST_CASE("a reader finds the newest value, or the same again", "[telemetry]") {
    TripleBuffer<int> buffer;
    CHECK(buffer.read() == 0);
    buffer.write(1);
    buffer.write(2);
    buffer.write(3);
    CHECK(buffer.read() == 3);
    CHECK(buffer.read() == 3);
    buffer.write(4);
    CHECK(buffer.read() == 4);
}

TEST_CASE("two threads never see a torn value, nor an older one", "[telemetry]") {
    constexpr std::uint64_t kWrites = 300000;
    TripleBuffer<Wide> buffer;
    std::thread writer([&] {
        Wide value;
        for (std::uint64_t n = 1; n <= kWrites; ++n) {
            for (std::uint64_t& word : value.words) word = n;
            buffer.write(value);
        }
    });
    std::uint64_t last = 0, torn = 0, older = 0;
    while (last < kWrites) {
        const Wide& value = buffer.read();
        for (const std::uint64_t word : value.words) torn += word != value.words[0];
        older += value.words[0] < last;
        last = value.words[0];
    }
    writer.join();
    CHECK(torn == 0);
    CHECK(older == 0);
}
