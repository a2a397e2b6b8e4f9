// What is listened to, on its way from the audio thread to whoever makes figures of it.
#pragma once
#include <chronus/abi.h>
#include <readerwriterqueue/readerwriterqueue.h>

#include <cstddef>
#include <cstdint>

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
    float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK];
};

// All memory is in place from the start; nobody waits.
class Ear {
public:
    static constexpr int kTargets = 4;                      // at once
    static constexpr std::size_t kBlocks = 3000 * kTargets; // 4 s at 48 kHz

    // [audio] False if there is no room: then it was not told.
    bool tell(const EarBlock& block) noexcept { return blocks_.try_enqueue(block); }
    // [listening] Null: there is no more. What is shown stays until it is dropped.
    const EarBlock* next() { return blocks_.peek(); }
    void drop() { blocks_.pop(); }

private:
    moodycamel::ReaderWriterQueue<EarBlock> blocks_{kBlocks};
};

}  // namespace chronus
