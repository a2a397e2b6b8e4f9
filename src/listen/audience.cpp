#include "listen/audience.h"

#include <algorithm>
#include <utility>

namespace chronus {

bool Audience::hear(Seat& seat, const EarBlock& block) {
    Listener& who = seat.listener;
    if (!(who.target == block.target) || block.frame + CHRONUS_BLOCK <= who.from) return false;
    if (!seat.begun) {
        who.from = std::max(who.from, block.frame);
        seat.begun = true;
    } else if (block.lost > 0) {
        const std::int64_t missing = std::int64_t{block.lost} * CHRONUS_BLOCK;
        const std::int64_t end = std::min(block.frame, who.from + who.frames);
        seat.meter.lose(std::max<std::int64_t>(0, end - std::max(who.from, block.frame - missing)));
    }
    const std::int64_t first = std::max<std::int64_t>(0, who.from - block.frame);
    const std::int64_t last = std::min<std::int64_t>(CHRONUS_BLOCK, who.from + who.frames - block.frame);
    if (last > first) {
        seat.meter.add(block.left + first, block.right + first, static_cast<std::size_t>(last - first));
        seat.meter.limited(static_cast<double>(block.reduction));
    }
    return block.frame + CHRONUS_BLOCK >= who.from + who.frames;
}

void Audience::hear(const EarBlock& block) {
    for (auto seat = seats_.begin(); seat != seats_.end();) {
        const bool over = hear(*seat, block);
        if (over) finished_.push_back({seat->listener.ticket, seat->meter.finish()});
        seat = over ? seats_.erase(seat) : std::next(seat);
    }
}

std::vector<Heard> Audience::take_finished() { return std::exchange(finished_, {}); }

}  // namespace chronus
