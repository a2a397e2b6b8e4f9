// Which of the devices that PortAudio sees is meant: by name, or the best one of this machine.
// No sound system is touched here, so that the choice can be tested without any.
#pragma once
#include <string>
#include <vector>

#include "refusal/refusal.h"

namespace chronus {

struct OutputDevice {
    enum class Host { alsa, jack, other };

    int index = 0;  // PortAudio's own
    Host host = Host::other;
    std::string host_name;  // "ALSA", "JACK" or what PortAudio calls it
    std::string name;
    int channels = 0;
    double rate = 0;            // its default, Hz
    bool host_default = false;  // the one that its host prefers

    std::string full_name() const { return host_name + ": " + name; }
};

// What this machine has, as far as it bears on the choice.
struct SoundSystem {
    bool sound_card = false;
    bool pulse_server = false;  // PulseAudio, or PipeWire in its clothes
    bool jack_named = false;    // JACK_DEFAULT_SERVER is set: the user means JACK
};

SoundSystem look_around();

// Where Windows' WSL puts its PulseAudio server.
inline constexpr const char* kWslgPulseSocket = "/mnt/wslg/PulseServer";

// The text of /proc/asound/cards lists a card.
bool lists_a_card(const std::string& cards);

// Those worth trying, best first; empty if there are none.
std::vector<OutputDevice> default_devices(const std::vector<OutputDevice>& devices,
                                          const SoundSystem& system);

// By index, by "HOST: NAME", by name, or by a part of either, in whatever case.
Result<OutputDevice> find_device(const std::vector<OutputDevice>& devices, const std::string& name);

}  // namespace chronus
