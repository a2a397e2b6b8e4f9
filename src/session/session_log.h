// Writes what happened to the instrument, in the order and at the frames at which the audio thread took it, so
// that replaying it gives the same sound.
#pragma once
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "refusal/refusal.h"
#include "session/append_file.h"
#include "text/message.h"

namespace chronus {

class SessionLog {
public:
    static Result<std::unique_ptr<SessionLog>> open(const std::filesystem::path& file, AppendFile::Of of = AppendFile::Of::any);
    ~SessionLog();

    std::string path() const { return file_->path().string(); }

    // A message whose last mail has this number, the same for all of a batch; `at` is the frame it was asked for,
    // or Event::kNow. `compiled`: a plan was made of what the studio was after the batch. The comment tells who said
    // it and what came of it.
    struct Line {
        Message message;
        std::string comment = {};
    };
    void add(Line line, std::int64_t at, std::uint64_t mail, bool compiled);
    // All mail up to `number` was taken by the block at `frame`.
    void taken(std::uint64_t number, std::int64_t frame);
    // The audio thread will take nothing for frames before this one any more.
    void passed(std::int64_t frame);

    AppendFile& file() { return *file_; }

private:
    struct Waiting {
        Line line;
        std::int64_t at;
        std::uint64_t mail;
        bool compiled;
    };
    // Order of effect: by frame; what was taken at a block's boundary before what was meant for its first frame.
    struct Place {
        std::int64_t frame;
        bool timed;
        std::uint64_t count;
        auto operator<=>(const Place&) const = default;
    };

    void place(Waiting line, std::int64_t frame);
    void write(std::int64_t frame, const Line& line);

    std::unique_ptr<AppendFile> file_;
    std::deque<Waiting> waiting_;
    std::map<Place, Waiting> placed_;
    std::int64_t written_at_ = -1;    // of the last line
    std::uint64_t written_mail_ = 0;
    std::uint64_t count_ = 0;
    bool flushed_ = true;
    std::uint64_t taken_ = 0;
    std::int64_t taken_at_ = 0;
};

}  // namespace chronus
