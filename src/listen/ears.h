// Listens to what plays: has the audio thread copy it, and makes figures of it on a thread beside the others.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "handoff/mailbox.h"
#include "listen/audience.h"
#include "refusal/refusal.h"

namespace chronus {

class Ears {
public:
    using Clock = std::chrono::steady_clock;
    enum class Work { beside, in_place };  // in place: the figures are made by poll

    // patience: for how long the audio may stand still.
    Ears(Mailbox& mail, int rate, Work work = Work::beside,
         Clock::duration patience = std::chrono::seconds(2));

    // [studio] A ticket. `from`: the frame from which on it is heard. Who listens to the same shares it.
    Result<std::uint64_t> listen(const EarTarget& target, std::int64_t from, std::int64_t frames);
    // [studio] Tells of everything that has been heard, or will never be.
    using Tell = std::function<void(std::uint64_t ticket, const Result<Figures>& figures)>;
    void poll(const Tell& tell);

private:
    bool is_told(const EarTarget& target) const;
    bool stands_still();
    void give_up(const Tell& tell);
    void close_unheard();
    void work();  // all that there is to hear
    void work_beside(const std::stop_token& stop);

    // [studio]
    Mailbox& mail_;
    const bool beside_;
    const Clock::duration patience_;
    std::map<std::uint64_t, EarTarget> open_;  // by ticket
    std::vector<EarTarget> told_;              // what the audio thread copies
    std::uint64_t tickets_ = 0;
    std::uint64_t blocks_ = 0;                 // that had been played when one was last
    Clock::time_point moved_ = Clock::now();

    // [listening]
    Audience audience_;

    // Between the two.
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<Listener> coming_;
    std::vector<Heard> heard_;
    bool leave_ = false;  // nothing more is to come
    std::jthread thread_;  // the last: it ends before what it works with goes
};

}  // namespace chronus
