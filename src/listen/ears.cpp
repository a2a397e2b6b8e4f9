#include "listen/ears.h"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <utility>

namespace chronus {
namespace {

constexpr auto kLookAgain = std::chrono::milliseconds(20);  // the audio thread wakes nobody

// Born on a thread that may have priority: figures have time.
void be_ordinary() {
    const sched_param none{};
    pthread_setschedparam(pthread_self(), SCHED_OTHER, &none);
}

Event event_for(const EarTarget& target, bool on) {
    return {.kind = EventKind::listen, .module = target.module, .generation = target.generation,
            .value = on ? 1.0f : 0.0f};
}

}  // namespace

Ears::Ears(Mailbox& mail, int rate, Work work, Clock::duration patience)
    : mail_(mail), beside_(work == Work::beside), patience_(patience), audience_(rate) {}

bool Ears::is_told(const EarTarget& target) const {
    return std::find(told_.begin(), told_.end(), target) != told_.end();
}

Result<std::uint64_t> Ears::listen(const EarTarget& target, std::int64_t from, std::int64_t frames) {
    if (!is_told(target)) {
        if (told_.size() == Ear::kTargets)
            return Refusal{"busy", fmt::format("{} signals are heard already", Ear::kTargets), "/listen"};
        if (!mail_.send(event_for(target, true)))
            return Refusal{"busy", "the audio thread does not keep up", "/listen"};
        told_.push_back(target);
    }
    if (open_.empty()) moved_ = Clock::now();
    open_.emplace(++tickets_, target);
    {
        const std::lock_guard lock(mutex_);
        coming_.push_back({tickets_, target, from, frames});
    }
    if (beside_ && !thread_.joinable())
        thread_ = std::jthread([this](const std::stop_token& stop) { work_beside(stop); });
    wake_.notify_one();
    return tickets_;
}

void Ears::poll(const Tell& tell) {
    if (told_.empty()) return;
    if (!beside_) work();
    std::vector<Heard> heard;
    {
        const std::lock_guard lock(mutex_);
        heard = std::exchange(heard_, {});
    }
    for (const Heard& one : heard)
        if (open_.erase(one.ticket) > 0) tell(one.ticket, one.figures);
    if (!open_.empty() && stands_still()) give_up(tell);
    close_unheard();
}

bool Ears::stands_still() {
    const std::uint64_t blocks = mail_.telemetry.read().blocks;
    if (blocks != std::exchange(blocks_, blocks)) moved_ = Clock::now();
    return Clock::now() - moved_ > patience_;
}

void Ears::give_up(const Tell& tell) {
    {
        const std::lock_guard lock(mutex_);
        coming_.clear();
        leave_ = true;
    }
    const Refusal stopped{"stopped", "the audio is not running: there is nothing to hear", "/status"};
    for (const auto& [ticket, target] : std::exchange(open_, {})) tell(ticket, stopped);
}

// What nobody listens to any more is not copied any more. Where the queue is full, next time.
void Ears::close_unheard() {
    std::erase_if(told_, [this](const EarTarget& target) {
        const auto same = [&](const auto& one) { return one.second == target; };
        const bool heard = std::any_of(open_.begin(), open_.end(), same);
        return !heard && mail_.send(event_for(target, false));
    });
}

void Ears::work() {
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(leave_, false)) audience_.leave();
        for (const Listener& listener : std::exchange(coming_, {})) audience_.join(listener);
    }
    while (const EarBlock* block = mail_.ear.next()) {
        audience_.hear(*block);
        mail_.ear.drop();
    }
    std::vector<Heard> finished = audience_.take_finished();
    const std::lock_guard lock(mutex_);
    std::move(finished.begin(), finished.end(), std::back_inserter(heard_));
}

void Ears::work_beside(const std::stop_token& stop) {
    be_ordinary();
    while (!stop.stop_requested()) {
        work();
        std::unique_lock lock(mutex_);
        const auto called = [this] { return !coming_.empty() || leave_; };
        if (audience_.empty()) wake_.wait(lock, stop, called);
        else wake_.wait_for(lock, stop, kLookAgain, called);
    }
}

}  // namespace chronus
