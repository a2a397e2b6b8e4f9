// What happens to modules at exact frames within one block, as a list a module. No allocation: a fixed store
// that is emptied every block.
#pragma once
#include <array>
#include <cstdint>

#include "handoff/instance.h"
#include "handoff/succession.h"

namespace chronus {

struct BlockEvent {
    enum class Kind : std::uint8_t {
        jump,     // a parameter takes a value and is driven from then on
        slide,    // the same, but gliding there
        lead,     // from where it stands evenly to the value, over as many beats as `onset` says; driven from then on
        lead_exponential,
        let_go,   // a parameter returns to its base
        begin,    // a gate opens, or opens again
        end       // a gate closes
    };
    Kind kind;
    std::uint8_t frame;   // within the block
    std::uint16_t input;
    float value;          // of the parameter; or the velocity
    float onset;          // of a begin; of a lead: beats
    std::int32_t next;    // of the same module, -1: last
};

class BlockEvents {
public:
    static constexpr int kMost = 16384;

    // [audio] Keeps a module's events in order of their frame; equal frames in order of arrival. False: full.
    bool add(Instance& module, BlockEvent event) noexcept {
        if (count_ == kMost) return false;
        const std::int32_t place = count_++;
        event.next = -1;
        events_[place] = event;
        if (module.first_event < 0) {
            module.first_event = module.last_event = place;
        } else if (events_[module.last_event].frame <= event.frame) {
            events_[module.last_event].next = place;
            module.last_event = place;
        } else {
            insert(module, place);
        }
        module.wake();
        return true;
    }
    // [audio] What has come in this block for a module is its heir's.
    void hand_on(const Succession& succession) noexcept {
        Instance &from = *succession.from, &to = *succession.to;
        to.first_event = from.first_event;
        to.last_event = from.last_event;
        from.first_event = from.last_event = -1;
        for (std::int32_t e = to.first_event; e >= 0; e = events_[e].next)
            events_[e].input = static_cast<std::uint16_t>(succession.heir_of(events_[e].input));  // kNone is no input
    }
    const BlockEvent& operator[](std::int32_t place) const noexcept { return events_[place]; }
    int room() const noexcept { return kMost - count_; }
    void clear() noexcept { count_ = 0; }

private:
    void insert(Instance& module, std::int32_t place) noexcept {
        std::int32_t* link = &module.first_event;
        while (events_[*link].frame <= events_[place].frame) link = &events_[*link].next;
        events_[place].next = *link;
        *link = place;
    }

    std::array<BlockEvent, kMost> events_;
    int count_ = 0;
};

}  // namespace chronus
