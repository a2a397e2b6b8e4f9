#include "studio/session_log.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <limits>

#include "text/log.h"

namespace chronus {

Result<std::unique_ptr<SessionLog>> SessionLog::open(const std::string& file) {
    auto log = std::make_unique<SessionLog>();
    log->path_ = file;
    log->file_.open(file, std::ios::trunc);
    if (!log->file_) return Refusal{"file", fmt::format("cannot write {}: {}", file, std::strerror(errno)), "chronusd --log session.osc"};
    log->file_ << "# Music Chronus session log: @FRAME ADDRESS TYPES ARGUMENTS\n";
    return log;
}

SessionLog::~SessionLog() {
    passed(std::numeric_limits<std::int64_t>::max());
}

void SessionLog::add(Message message, std::int64_t at, std::uint64_t mail, bool compiled) {
    if (mail <= taken_) return place({std::move(message), at, mail, compiled}, taken_at_);
    waiting_.push_back({std::move(message), at, mail, compiled});
}

void SessionLog::place(Waiting line, std::int64_t frame) {
    // What was asked for too late took effect when it was taken.
    const bool timed = line.at > frame;
    const Place place{timed ? line.at : frame, timed, count_++};
    placed_.emplace_hint(placed_.end(), place, std::move(line));
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
        const auto& [place, line] = *placed_.begin();
        // Lines of one frame are replayed as one batch: what was compiled apart says so.
        if (line.compiled && place.frame == written_at_ && line.mail != written_mail_) write(place.frame, {"/sync", {}});
        write(place.frame, line.message);
        written_at_ = place.frame;
        written_mail_ = line.mail;
        placed_.erase(placed_.begin());
    }
    if (!flushed_) file_.flush();
    flushed_ = true;
}

void SessionLog::write(std::int64_t frame, const Message& message) {
    file_ << print_log_line({.is_frame = true, .frame = frame, .ntp = 0}, message) << '\n';
    flushed_ = false;
}

}  // namespace chronus
