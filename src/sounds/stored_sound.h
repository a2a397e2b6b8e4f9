// A recording or a wavetable in memory, at several levels of detail, as modules read it.
#pragma once
#include <chronus/abi.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace chronus {

// Frames of one or two channels, as they come from a file.
struct Recording {
    std::vector<std::vector<float>> channels;
    double rate = 48000;

    std::size_t frames() const { return channels.empty() ? 0 : channels.front().size(); }
};

// One cycle of a wave by its harmonics: sine and cosine parts, the first being the fundamental.
struct Harmonics {
    std::vector<float> sines, cosines;
};

class StoredSound {
public:
    static constexpr std::size_t kMostHarmonics = 512, kMostCycles = 256;

    // [worker] Each level has half of the rate of the one before it, down to 64 frames.
    static std::shared_ptr<const StoredSound> of(const Recording& recording);
    // [worker] Each level has half of the harmonics of the one before it, down to the fundamental.
    static std::shared_ptr<const StoredSound> of(const std::vector<Harmonics>& cycles);

    const chronus_sound& view() const { return view_; }
    double seconds() const;
    int channels() const { return channels_; }

    StoredSound() = default;
    StoredSound(const StoredSound&) = delete;
    StoredSound& operator=(const StoredSound&) = delete;

private:
    void add_level(const std::vector<std::vector<float>>& channels);

    std::vector<std::vector<float>> memory_;
    std::vector<chronus_level> levels_;
    std::vector<std::uint32_t> onsets_;
    int channels_ = 1;
    chronus_sound view_{};
};

}  // namespace chronus
