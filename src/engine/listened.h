// The signals that somebody listens to or records: copied where they are made, never touched.
#pragma once
#include <algorithm>
#include <cstdint>

#include "handoff/ear.h"
#include "handoff/plan.h"
#include "handoff/reel.h"

namespace chronus {

class Listened {
public:
    explicit Listened(Ear& ear) : ear_(ear) {}

    // [audio] One that is new takes a free place; who asks sees to it that there is one.
    void listen(const EarTarget& target, bool on) noexcept {
        const auto same = [&](const Signal& signal) { return signal.block.target == target; };
        Signal* const end = signals_ + count_;
        Signal* const found = std::find_if(signals_, end, same);
        if (on && found == end && count_ < Ear::kTargets) {
            found->block.target = target;
            found->block.lost = 0;
            ++count_;
        } else if (!on && found != end) {
            std::copy(found + 1, end, found);
            --count_;
        }
    }
    bool any() const noexcept { return count_ > 0 || reel_count_ > 0; }

    // [audio] False if there are as many as there can be.
    bool record(Reel* reel) noexcept {
        if (reel_count_ == kReels) return false;
        reels_[reel_count_++] = reel;
        return true;
    }
    // [audio] From here on it is not touched.
    void end_record(Reel* reel) noexcept {
        Reel** const end = reels_ + reel_count_;
        Reel** const found = std::find(reels_, end, reel);
        if (found == end) return;
        std::copy(found + 1, end, found);
        --reel_count_;
        reel->returned.store(true, std::memory_order_release);
    }

    // [audio] Before a block. A module that is not there is silent.
    void begin(const Plan* plan) noexcept {
        each([&](Signal& signal) {
            const EarTarget& target = signal.block.target;
            const bool module = plan && !target.is_master();
            const Entry* entry = module ? plan->entry(target.module, target.generation) : nullptr;
            signal.next = entry ? plan->exits.data() + entry->first_exit : nullptr;
            signal.end = entry ? signal.next + entry->exits : nullptr;
            std::fill_n(signal.block.left, CHRONUS_BLOCK, 0.0f);
            std::fill_n(signal.block.right, CHRONUS_BLOCK, 0.0f);
        });
    }
    // [audio] After a step of the plan, in their order: adds what these units put out.
    void hear(const Plan& plan, const Step& step) noexcept {
        each([&](Signal& signal) {
            for (; signal.next != signal.end && signal.next->unit < step.first + step.count; ++signal.next) {
                const float* out = plan.units[signal.next->unit].out[signal.next->output];
                if (signal.next->sides & 1) add(out, signal.block.left);
                if (signal.next->sides & 2) add(out, signal.block.right);
            }
        });
    }
    // [audio] After a block, with what goes to the device.
    void tell(std::int64_t frame, const float* left, const float* right, float reduction) noexcept {
        const auto tell_to = [&](auto& ring, EarBlock& block) {
            block.frame = frame;
            block.reduction = reduction;
            if (block.target.is_master()) {
                std::copy_n(left, CHRONUS_BLOCK, block.left);
                std::copy_n(right, CHRONUS_BLOCK, block.right);
            }
            block.lost = ring.tell(block) ? 0 : block.lost + 1;
        };
        for (int s = 0; s < count_; ++s) tell_to(ear_, signals_[s].block);
        for (int r = 0; r < reel_count_; ++r)
            for (Signal& signal : reels_[r]->signals) tell_to(*reels_[r], signal.block);
    }

private:
    using Signal = Reel::Signal;
    static constexpr int kReels = 8;

    template <class Do>
    void each(Do&& act) noexcept {
        for (int s = 0; s < count_; ++s) act(signals_[s]);
        for (int r = 0; r < reel_count_; ++r)
            for (Signal& signal : reels_[r]->signals) act(signal);
    }
    static void add(const float* from, float* into) noexcept {
        for (int i = 0; i < CHRONUS_BLOCK; ++i) into[i] += from[i];
    }

    Ear& ear_;
    Signal signals_[Ear::kTargets];
    int count_ = 0;
    Reel* reels_[kReels] = {};
    int reel_count_ = 0;
};

}  // namespace chronus
