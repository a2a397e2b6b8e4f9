// The sounds that modules read, by their places. The studio fills a place before it sends what refers to it, and
// never empties one: what the audio thread was told of is there for good.
#pragma once
#include <chronus/abi.h>

#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace chronus {

class SoundTable {
public:
    // [studio]
    void put(std::size_t place, const chronus_sound& sound, std::shared_ptr<const void> keeper) {
        sounds_[place] = sound;
        keepers_.push_back(std::move(keeper));
    }
    // [any]
    const chronus_sound* data() const noexcept { return sounds_.data(); }

private:
    std::array<chronus_sound, CHRONUS_SOUNDS> sounds_{};
    std::vector<std::shared_ptr<const void>> keepers_;
};

}  // namespace chronus
