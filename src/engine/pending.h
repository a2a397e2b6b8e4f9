// Mail whose frame has not come, by frame, equal frames in order of arrival. A heap of fixed size: it costs the
// same few steps in whatever order it is filled.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>

#include "handoff/event.h"

namespace chronus {

class Pending {
public:
    static constexpr int kMost = 8192;

    // [audio]
    bool full() const noexcept { return count_ == kMost; }
    int count() const noexcept { return count_; }
    void add(const Event& event) noexcept {
        waiting_[static_cast<std::size_t>(count_++)] = {event, arrivals_++};
        std::push_heap(waiting_.begin(), waiting_.begin() + count_, later);
    }
    // [audio] The next event before `end`, if there is one.
    bool take(std::int64_t end, Event& event) noexcept {
        if (count_ == 0 || waiting_[0].event.frame >= end) return false;
        event = waiting_[0].event;
        std::pop_heap(waiting_.begin(), waiting_.begin() + count_--, later);
        return true;
    }

private:
    struct Waiting {
        Event event;
        std::uint64_t arrival;
    };
    static bool later(const Waiting& a, const Waiting& b) noexcept {
        return a.event.frame != b.event.frame ? a.event.frame > b.event.frame : a.arrival > b.arrival;
    }

    std::array<Waiting, kMost> waiting_;  // the first is the next to go
    int count_ = 0;
    std::uint64_t arrivals_ = 0;
};

}  // namespace chronus
