// Where the audio thread is: which module type it runs at this moment. Kept in memory that may be shared with another
// process (chronusd --whereabouts FILE), so that whoever outlives a crash or a hang can name the type that was at it.
#pragma once
#include <atomic>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace chronus {

struct Whereabouts {
    static constexpr int kNames = 512, kLongest = 48;

    std::atomic<std::uint32_t> now{0};     // the slot of the type, from 1; 0: none is run
    std::atomic<std::uint64_t> blocks{0};  // that have ended
    char names[kNames][kLongest] = {};     // of types by slot, from 0; ends with 0

    // [studio] Before mail that refers to the slot is sent.
    void name(std::uint32_t slot, std::string_view type) {
        if (slot >= kNames) return;
        const std::size_t length = type.size() < kLongest - 1 ? type.size() : kLongest - 1;
        std::memcpy(names[slot], type.data(), length);
    }
    // [any] Of what is run now; empty if nothing is.
    std::string_view type() const {
        const std::uint32_t slot = now.load(std::memory_order_acquire);
        return slot == 0 || slot > kNames ? std::string_view() : std::string_view(names[slot - 1]);
    }
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "it works across processes");

}  // namespace chronus
