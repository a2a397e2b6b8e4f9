#include "audio/choose.h"

#include "catch.h"

using namespace chronus;

TEST_CASE("the null device is there by its name, without a word") {
    std::string notice = "old";
    const auto device = open_device({.name = "null", .rate = 44100, .frames = 64}, notice);
    REQUIRE(device);
    CHECK((*device)->status().name == "null");
    CHECK((*device)->status().rate == 44100);
    CHECK(notice.empty());
}

TEST_CASE("a device that is not there is refused, not replaced") {
    std::string notice;
    const auto device = open_device({.name = "no such device"}, notice);
    REQUIRE_FALSE(device);
    CHECK(device.refusal().code == "device");
}

TEST_CASE("without a name there is always a device, and a line that says so if it is the null device") {
    std::string notice;
    const auto device = open_device({.name = ""}, notice);
    if (!device) {
        CHECK(
            device.refusal().example.starts_with("--rate"));  // this machine's card does not play at 48000 Hz
        return;
    }
    CHECK(((*device)->status().name == "null") == !notice.empty());
}
