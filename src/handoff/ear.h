// What is listened to, on its way from the audio thread to whoever makes figures of it.
#pragma once
#include <chronus/abi.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace chronus {

// A signal that can be listened to: a module, by the index and generation of its entry in the plan.
struct EarTarget {
    std::uint32_t module = 0;
    std::uint32_t generation = 0;  // 0: what goes to the device

    bool is_master() const { return generation == 0; }
    bool operator==(const EarTarget&) const = default;
};

struct EarBlock {
    EarTarget target;
    std::int64_t frame = 0;
    std::uint32_t lost = 0;  // blocks of this target before it that found no room
    float reduction = 0;     // dB that the limiter took
    float left[CHRONUS_BLOCK]{}, right[CHRONUS_BLOCK]{};
};

// A ring; nobody waits. All its memory is written from the start: no page is new to the audio thread.
// Not the mail's queue: what is shown is read where it stands, which ThreadSanitizer cannot follow there.
class Ear {
public:
    static constexpr int kTargets = 4;                      // at once
    static constexpr std::size_t kBlocks = 3000 * kTargets; // 4 s at 48 kHz

    // [audio] False if there is no room: then it was not told.
    bool tell(const EarBlock& block) noexcept {
        const std::size_t at = told_.load(std::memory_order_relaxed);
        if (at - dropped_.load(std::memory_order_acquire) == kBlocks) return false;
        blocks_[at % kBlocks] = block;
        told_.store(at + 1, std::memory_order_release);
        return true;
    }
    // [listening] Null: there is no more. What is shown stays until it is dropped.
    const EarBlock* next() const noexcept {
        const std::size_t at = dropped_.load(std::memory_order_relaxed);
        return at == told_.load(std::memory_order_acquire) ? nullptr : &blocks_[at % kBlocks];
    }
    void drop() noexcept {
        dropped_.store(dropped_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    }

private:
    const std::unique_ptr<EarBlock[]> blocks_ = std::make_unique<EarBlock[]>(kBlocks);
    alignas(64) std::atomic<std::size_t> told_{0};
    alignas(64) std::atomic<std::size_t> dropped_{0};
};

}  // namespace chronus
