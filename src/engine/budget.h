// Finds the module type that alone takes most of a block's time. As long as blocks are short nothing is measured for it;
// once one has been long, the types of those that follow are.
#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "handoff/telemetry.h"

namespace chronus {

class Budget {
public:
    static constexpr double kShare = 0.75;  // of a block's time, for all modules of a type together
    static constexpr int kPatience = 3;     // blocks in a row

    // cycles_per_block: of the processor's clock; 0: nobody is ever over budget.
    explicit Budget(double cycles_per_block) : most_(static_cast<std::uint64_t>(cycles_per_block * kShare)) {}

    // [audio] Whether the types are to be measured in the block to come.
    bool watches() const noexcept { return watches_; }
    // [audio] What a step of the type took.
    void spend(std::uint32_t slot, std::uint64_t cycles) noexcept {
        if (spent_[slot] == 0 && touched_count_ < touched_.size()) touched_[touched_count_++] = slot;
        spent_[slot] += cycles;
    }
    // [audio] After a block that took so long in all. The type that was over its budget too often, if there is one.
    std::optional<std::uint32_t> end_block(std::uint64_t cycles) noexcept {
        std::uint32_t over = kNobody;
        std::uint64_t longest = most_;
        for (std::size_t t = 0; t < touched_count_; ++t) {
            std::uint64_t& spent = spent_[touched_[t]];
            if (spent > longest) longest = spent, over = touched_[t];
            spent = 0;
        }
        touched_count_ = 0;
        if (most_ == 0) return std::nullopt;
        watches_ = cycles > most_;
        strikes_ = over == kNobody ? 0 : over == suspect_ ? strikes_ + 1 : 1;
        suspect_ = over;
        if (strikes_ < kPatience) return std::nullopt;
        strikes_ = 0;
        return over;
    }

private:
    static constexpr std::uint32_t kNobody = ~0u;

    std::uint64_t most_;
    bool watches_ = false;
    std::uint32_t suspect_ = kNobody;
    int strikes_ = 0;
    std::size_t touched_count_ = 0;
    std::array<std::uint32_t, Counters::kTypeSlots> touched_{};
    std::array<std::uint64_t, Counters::kTypeSlots> spent_{};
};

}  // namespace chronus
