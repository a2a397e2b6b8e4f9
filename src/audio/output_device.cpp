#include "audio/output_device.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace chronus {

namespace {

using Host = OutputDevice::Host;

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

// ALSA's null device has no clock: it asks for sound as fast as it can.
bool has_clock(const OutputDevice& device) {
    return device.host != Host::alsa || device.name != "null";
}

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value;
}

bool pulse_socket_exists() {
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    const std::string folder = runtime ? runtime : fmt::format("/run/user/{}", getuid());
    std::error_code error;
    return std::filesystem::exists(folder + "/pulse/native", error) ||
           std::filesystem::exists(kWslgPulseSocket, error);
}

template <class Wanted>
void append(std::vector<OutputDevice>& chosen, const std::vector<OutputDevice>& devices, Wanted wanted) {
    std::ranges::copy_if(devices, std::back_inserter(chosen), wanted);
}

}  // namespace

SoundSystem look_around() {
    std::ifstream file("/proc/asound/cards");
    std::ostringstream cards;
    if (file) cards << file.rdbuf();
    return {.sound_card = lists_a_card(cards.str()),
            .pulse_server = is_set("PULSE_SERVER") || pulse_socket_exists(),
            .jack_named = is_set("JACK_DEFAULT_SERVER")};
}

// A card's line begins with its number: " 0 [PCH            ]: HDA-Intel - HDA Intel PCH".
bool lists_a_card(const std::string& cards) {
    std::istringstream lines(cards);
    for (std::string line; std::getline(lines, line);) {
        int number = -1;
        char bracket = 0;
        if (std::istringstream(line) >> number >> bracket && number >= 0 && bracket == '[') return true;
    }
    return false;
}

std::vector<OutputDevice> default_devices(const std::vector<OutputDevice>& devices,
                                          const SoundSystem& system) {
    const auto jack = [](const OutputDevice& d) { return d.host == Host::jack && d.host_default; };
    const auto card = [](const OutputDevice& d) {
        return d.host == Host::alsa && d.host_default && has_clock(d);
    };
    const auto pulse = [](const OutputDevice& d) { return d.host == Host::alsa && d.name == "pulse"; };
    const auto other = [](const OutputDevice& d) { return d.host == Host::other && d.host_default; };

    std::vector<OutputDevice> chosen;
    if (system.jack_named) append(chosen, devices, jack);
    if (system.sound_card) append(chosen, devices, card);
    if (system.pulse_server) append(chosen, devices, pulse);
    if (!system.jack_named) append(chosen, devices, jack);
    append(chosen, devices, other);
    return chosen;
}

Result<OutputDevice> find_device(const std::vector<OutputDevice>& devices, const std::string& name) {
    const std::string wanted = lower(name);
    int index = -1;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    const bool is_index = error == std::errc() && end == name.data() + name.size();

    const auto first = [&](auto matches) { return std::ranges::find_if(devices, matches); };
    auto found = first([&](const OutputDevice& d) { return is_index && d.index == index; });
    if (found == devices.end()) found = first([&](auto& d) { return lower(d.full_name()) == wanted; });
    if (found == devices.end()) found = first([&](auto& d) { return lower(d.name) == wanted; });
    const auto part = [&](auto& d) { return lower(d.full_name()).find(wanted) != std::string::npos; };
    if (found == devices.end()) found = first([&](auto& d) { return d.host_default && part(d); });
    if (found == devices.end()) found = first(part);

    if (found == devices.end()) {
        std::vector<std::string> names;
        for (const OutputDevice& device : devices) names.push_back(device.full_name());
        names.push_back("null");
        return Refusal{"device",
                       fmt::format("no device is called '{}'; there are: {}", name, fmt::join(names, ", ")),
                       fmt::format("--device '{}'", names.front())};
    }
    if (!has_clock(*found))
        return Refusal{"device", "ALSA's null device has no clock; the daemon's own null device has",
                       "--device null"};
    return *found;
}

}  // namespace chronus
