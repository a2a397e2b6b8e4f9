// All who listen: each gets his blocks, until his time is over.
#pragma once
#include <cstdint>
#include <list>
#include <vector>

#include "handoff/ear.h"
#include "listen/meter.h"

namespace chronus {

// Somebody who listens to a signal for a while.
struct Listener {
    std::uint64_t ticket = 0;
    EarTarget target;
    std::int64_t from = 0;  // frame; if it has passed, it begins with the first block that comes
    std::int64_t frames = 0;
};

struct Heard {
    std::uint64_t ticket = 0;
    Figures figures;
};

class Audience {
public:
    explicit Audience(int rate) : rate_(rate) {}

    void join(const Listener& listener) { seats_.push_back({listener, Meter(rate_)}); }
    void hear(const EarBlock& block);
    void leave() { seats_.clear(); }
    bool empty() const { return seats_.empty(); }
    // Of those whose time is over; told once.
    std::vector<Heard> take_finished();

private:
    struct Seat {
        Listener listener;
        Meter meter;
        bool begun = false;
    };
    // True once his time is over.
    static bool hear(Seat& seat, const EarBlock& block);

    int rate_;
    std::list<Seat> seats_;
    std::vector<Heard> finished_;
};

}  // namespace chronus
