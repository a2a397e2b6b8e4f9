// Mail whose frame has not come: kept in order of frame, equal frames in order of arrival. Fixed size.
#pragma once
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
        int place = count_++;
        for (; place > 0 && events_[place - 1].frame < event.frame; --place) events_[place] = events_[place - 1];
        // Equal frames: the later arrival stands nearer to the front, as the list is emptied from its end.
        int first = place;
        while (first > 0 && events_[first - 1].frame == event.frame) --first;
        for (; place > first; --place) events_[place] = events_[place - 1];
        events_[place] = event;
    }
    // [audio] The next event before `end`, if there is one.
    bool take(std::int64_t end, Event& event) noexcept {
        if (count_ == 0 || events_[count_ - 1].frame >= end) return false;
        event = events_[--count_];
        return true;
    }

private:
    std::array<Event, kMost> events_;  // latest first
    int count_ = 0;
};

}  // namespace chronus
