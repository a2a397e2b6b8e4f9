// Which device is played on, decided without any.
#include "audio/output_device.h"

#include "catch.h"

using namespace chronus;

namespace {

using Host = OutputDevice::Host;

OutputDevice device(int index, Host host, const std::string& name, bool host_default = false) {
    const char* const host_names[] = {"ALSA", "JACK", "OSS"};
    return {.index = index,
            .host = host,
            .host_name = host_names[static_cast<int>(host)],
            .name = name,
            .channels = 2,
            .rate = 48000,
            .host_default = host_default};
}

const std::vector<OutputDevice> kAll = {
    device(0, Host::alsa, "HDA Intel PCH: ALC257 (hw:0,0)"),
    device(1, Host::alsa, "null"),
    device(2, Host::alsa, "pulse"),
    device(3, Host::alsa, "default", true),
    device(4, Host::jack, "system", true),
    device(5, Host::jack, "capture"),
};

std::vector<int> chosen(const SoundSystem& system, const std::vector<OutputDevice>& devices = kAll) {
    std::vector<int> indices;
    for (const OutputDevice& d : default_devices(devices, system)) indices.push_back(d.index);
    return indices;
}

int found(const std::string& name) {
    const auto result = find_device(kAll, name);
    return result ? result->index : -1;
}

}  // namespace

TEST_CASE("a sound card's default comes first") {
    CHECK(chosen({.sound_card = true}) == std::vector<int>{3, 4});
    CHECK(chosen({.sound_card = true, .pulse_server = true}) == std::vector<int>{3, 2, 4});
}

TEST_CASE("without a card, a sound server is reached by ALSA's pulse") {
    CHECK(chosen({.pulse_server = true}) == std::vector<int>{2, 4});
}

TEST_CASE("JACK comes first when it is named, and last when it only runs") {
    CHECK(chosen({.sound_card = true, .pulse_server = true, .jack_named = true}) ==
          std::vector<int>{4, 3, 2});
    CHECK(chosen({}) == std::vector<int>{4});
}

TEST_CASE("ALSA's null, which has no clock, is never chosen and never found") {
    CHECK(chosen({.sound_card = true}, {device(0, Host::alsa, "null", true)}).empty());
    const auto asked = find_device(kAll, "ALSA: null");
    REQUIRE_FALSE(asked);
    CHECK(asked.refusal().example == "--device null");
}

TEST_CASE("a device is found by index, full name, name and part of it, in any case") {
    CHECK(found("2") == 2);
    CHECK(found("ALSA: pulse") == 2);
    CHECK(found("jack: system") == 4);
    CHECK(found("Default") == 3);
    CHECK(found("alc257") == 0);
    CHECK(found("hw:0") == 0);
    CHECK(found("jack") == 4);  // of several, the one its host prefers
}

TEST_CASE("an unknown device is refused with those that there are") {
    const auto result = find_device(kAll, "scarlett");
    REQUIRE_FALSE(result);
    CHECK(result.refusal().code == "device");
    CHECK(result.refusal().reason.find("'scarlett'") != std::string::npos);
    CHECK(result.refusal().reason.find("ALSA: pulse, ALSA: default, JACK: system, JACK: capture, null") !=
          std::string::npos);
}

TEST_CASE("the kernel's list of cards is read as it is written") {
    CHECK(
        lists_a_card(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n                      HDA at 0xf7\n"));
    CHECK_FALSE(lists_a_card("--- no soundcards ---\n"));
    CHECK_FALSE(lists_a_card(""));
}
