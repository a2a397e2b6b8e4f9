// What is recorded, on its way from the audio thread to whoever writes it: the signals of one recording, block by block.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "handoff/ear.h"
#include "handoff/plan.h"

namespace chronus {

// A ring; nobody waits. What finds no room is lost, and counted. All its memory is written from the start: no page is new
// to the audio thread.
class Reel {
public:
    static constexpr int kSeconds = 10;  // that it holds

    // [studio]
    Reel(const std::vector<EarTarget>& targets, int rate)
        : count_(static_cast<std::size_t>(kSeconds * rate / static_cast<int>(CHRONUS_BLOCK)) * targets.size()), blocks_(std::make_unique<EarBlock[]>(count_)) {
        for (const EarTarget& target : targets) signals.push_back({.block = {.target = target}});
    }

    // [audio] What is copied, and how far that has come in the block under way.
    struct Signal {
        EarBlock block;
        const Exit *next = nullptr, *end = nullptr;
    };
    std::vector<Signal> signals;

    // [audio] False if there is no room: then it was not told.
    bool tell(const EarBlock& block) noexcept {
        const std::size_t at = told_.load(std::memory_order_relaxed);
        if (at - dropped_.load(std::memory_order_acquire) == count_) return false;
        blocks_[at % count_] = block;
        told_.store(at + 1, std::memory_order_release);
        return true;
    }
    // [recording] Null: there is no more. What is shown stays until it is dropped.
    const EarBlock* next() const noexcept {
        const std::size_t at = dropped_.load(std::memory_order_relaxed);
        return at == told_.load(std::memory_order_acquire) ? nullptr : &blocks_[at % count_];
    }
    void drop() noexcept { dropped_.store(dropped_.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

    std::atomic<bool> returned{false};  // by the audio thread: nothing more is told

private:
    const std::size_t count_;
    const std::unique_ptr<EarBlock[]> blocks_;
    alignas(64) std::atomic<std::size_t> told_{0};
    alignas(64) std::atomic<std::size_t> dropped_{0};
};

}  // namespace chronus
