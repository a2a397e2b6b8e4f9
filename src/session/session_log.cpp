#include "session/session_log.h"

#include <limits>

#include "text/log.h"

namespace chronus {

Result<std::unique_ptr<SessionLog>> SessionLog::open(const std::filesystem::path& file, AppendFile::Of of) {
    auto opened = AppendFile::create(file, of);
    if (!opened) return opened.refusal();
    auto log = std::make_unique<SessionLog>();
    log->file_ = std::move(*opened);
    log->file_->add("# Music Chronus session log: @FRAME ADDRESS TYPES ARGUMENTS # CLIENT: RESULT\n");
    return log;
}

SessionLog::~SessionLog() {
    passed(std::numeric_limits<std::int64_t>::max());
}

void SessionLog::add(Line line, std::int64_t at, std::uint64_t mail, bool compiled) {
    // What sends nothing holds at once, but no line goes back behind those that are written.
    if (mail <= taken_) return place({std::move(line), at, mail, compiled}, std::max(taken_at_, written_at_));
    waiting_.push_back({std::move(line), at, mail, compiled});
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
        if (line.compiled && place.frame == written_at_ && line.mail != written_mail_) write(place.frame, {{"/sync", {}}});
        write(place.frame, line.line);
        written_at_ = place.frame;
        written_mail_ = line.mail;
        placed_.erase(placed_.begin());
    }
    if (!flushed_ || !file_->trouble().empty()) file_->flush();
    flushed_ = true;
}

void SessionLog::write(std::int64_t frame, const Line& line) {
    file_->add(print_log_line({.time = {.is_frame = true, .frame = frame, .ntp = 0}, .message = line.message, .comment = line.comment}) + '\n');
    flushed_ = false;
}

}  // namespace chronus
