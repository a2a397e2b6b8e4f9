#include "studio/session_log.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <limits>

#include "text/log.h"

namespace chronus {

Result<std::unique_ptr<SessionLog>> SessionLog::open(const std::string& file) {
    auto log = std::make_unique<SessionLog>();
    log->file_.open(file, std::ios::trunc);
    if (!log->file_) return Refusal{"file", fmt::format("cannot write {}: {}", file, std::strerror(errno)), "chronusd --log session.osc"};
    log->file_ << "# Music Chronus session log: @FRAME ADDRESS TYPES ARGUMENTS\n";
    return log;
}

SessionLog::~SessionLog() {
    passed(std::numeric_limits<std::int64_t>::max());
}

void SessionLog::add(const Message& message, std::int64_t at, std::uint64_t mail) {
    if (mail <= taken_) return place({message, at, mail}, taken_at_);
    waiting_.push_back({message, at, mail});
}

void SessionLog::place(Waiting line, std::int64_t frame) {
    // What was asked for too late took effect when it was taken.
    const bool timed = line.at > frame;
    placed_.emplace(Place{timed ? line.at : frame, timed, count_++}, std::move(line.message));
}

void SessionLog::taken(std::uint64_t number, std::int64_t frame) {
    taken_ = number;
    taken_at_ = frame;
    while (!waiting_.empty() && waiting_.front().mail <= number) {
        place(std::move(waiting_.front()), frame);
        waiting_.pop_front();
    }
}

void SessionLog::passed(std::int64_t frame) {
    while (!placed_.empty() && placed_.begin()->first.frame < frame) {
        file_ << print_log_line({.time = {.is_frame = true, .frame = placed_.begin()->first.frame, .ntp = 0},
                                 .message = placed_.begin()->second, .comment = ""}) << '\n';
        placed_.erase(placed_.begin());
    }
    file_.flush();
}

}  // namespace chronus
