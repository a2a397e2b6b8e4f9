// What stands in every place of the table while the laws are tried: wavetables and recordings, by turns.
#pragma once
#include <array>
#include <cmath>
#include <memory>

#include "sounds/stored_sound.h"
#include "sounds/wavetables.h"

namespace chronus::laws {

inline Recording a_recording(std::size_t channels) {
    Recording recording{.channels = std::vector<std::vector<float>>(channels, std::vector<float>(24000)), .rate = 44100};
    for (std::size_t c = 0; c < channels; ++c)
        for (std::size_t i = 0; i < 24000; ++i)
            recording.channels[c][i] = static_cast<float>(std::sin(0.05 * static_cast<double>(i * (c + 1))) * (1 - static_cast<double>(i % 6000) / 6000));
    return recording;
}

inline const chronus_sound* all_sounds() {
    static const std::array<std::shared_ptr<const StoredSound>, 4> kinds{
        StoredSound::of(factory_table("basic")), StoredSound::of(a_recording(2)), StoredSound::of(a_recording(1)), StoredSound::of(factory_table("vowel"))};
    static const auto table = [] {
        std::array<chronus_sound, CHRONUS_SOUNDS> all{};
        for (std::size_t place = 1; place < all.size(); ++place) all[place] = kinds[(place - 1) % kinds.size()]->view();
        return all;
    }();
    return table.data();
}

}  // namespace chronus::laws
