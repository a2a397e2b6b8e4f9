// The one door between the studio and the audio thread: a queue each way, bounded, in order.
#pragma once
#include <readerwriterqueue/readerwriterqueue.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "handoff/ear.h"
#include "handoff/event.h"
#include "handoff/sound_table.h"
#include "handoff/telemetry.h"
#include "handoff/whereabouts.h"

namespace chronus {

class Mailbox {
public:
    static constexpr std::size_t kDown = 1 << 16, kUp = 1 << 14;

    // [studio] False if there is no room: then nothing was sent.
    bool send(const Event& event) {
        if (!down_.try_enqueue(event)) return false;
        ++sent_;
        if (!holding_) shown_.store(sent_, std::memory_order_release);
        return true;
    }
    // [studio] What is sent between the two is shown to the audio thread all at once, so that no block can begin
    // between a plan and what was set after it.
    void hold() { holding_ = true; }
    void show() {
        holding_ = false;
        shown_.store(sent_, std::memory_order_release);
    }
    // [studio] The number that the last event got. Events are numbered from 1.
    std::uint64_t sent() const { return sent_; }
    // [studio]
    std::size_t room() const { return left_of(kDown, sent_ - taken_.load(std::memory_order_acquire)); }
    bool receive(Report& report) {
        if (!up_.try_dequeue(report)) return false;
        received_.store(received_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
        return true;
    }

    // [audio] The number of the last event that may be taken. To be asked once a block: what is shown later
    // belongs to the next one.
    std::uint64_t shown() const noexcept { return shown_.load(std::memory_order_acquire); }
    bool take(Event& event) noexcept {
        if (!down_.try_dequeue(event)) return false;
        taken_.store(taken_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
        return true;
    }
    bool report(const Report& report) noexcept {
        if (!up_.try_enqueue(report)) return false;
        ++reported_;
        return true;
    }
    std::size_t report_room() const noexcept { return left_of(kUp, reported_ - received_.load(std::memory_order_acquire)); }

    Ear ear;
    SoundTable sounds;
    TripleBuffer<Telemetry> telemetry;
    Counters counters;
    Whereabouts* whereabouts = &own_whereabouts_;  // or another's, from before the audio thread begins

private:
    // A queue holds a little more than it was asked for.
    static std::size_t left_of(std::size_t all, std::uint64_t used) noexcept { return used < all ? all - used : 0; }

    Whereabouts own_whereabouts_;
    moodycamel::ReaderWriterQueue<Event> down_{kDown};
    moodycamel::ReaderWriterQueue<Report> up_{kUp};
    std::uint64_t sent_ = 0;     // [studio]
    bool holding_ = false;       // [studio]
    // The queues walk their memory to say how full they are: what went in and came out is counted beside them.
    alignas(64) std::atomic<std::uint64_t> shown_{0}, received_{0};  // by the studio
    alignas(64) std::atomic<std::uint64_t> taken_{0};                // by the audio thread
    std::uint64_t reported_ = 0; // [audio]
};

}  // namespace chronus
