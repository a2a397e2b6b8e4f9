// The last minutes of what was heard, always there: a ring of FLAC files, and what is cut out of it.
#pragma once
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "handoff/ear.h"
#include "record/take_file.h"
#include "studio/recordings.h"

namespace chronus {

// [recording]
class PastSound {
public:
    static constexpr int kSegment = 10;  // s

    // What is in the folder from before is deleted, or belongs to the same past: then it goes on there.
    PastSound(std::filesystem::path folder, int rate, double minutes, bool goes_on = false);
    ~PastSound();

    void add(const EarBlock& block);
    // The first frame that is kept, and the one that will come next.
    std::int64_t begin() const { return segments_.empty() ? next_ : segments_.front().begin; }
    std::int64_t end() const { return next_; }
    // Writes a stretch of it to a file, as it was to the bit of the 24; refused as `file`.
    // `between` is called now and then, as it takes a while: it may add.
    Result<Done> cut(const std::filesystem::path& file, std::int64_t from, std::int64_t to, const std::function<void()>& between);
    std::string trouble;

private:
    struct Segment {
        std::filesystem::path file;
        std::int64_t begin, end;
    };
    void open(std::int64_t frame);
    void close();
    void take_up();
    void forget(const Segment& segment);

    std::filesystem::path folder_;
    int rate_;
    std::int64_t most_;  // frames
    std::deque<Segment> segments_;
    std::optional<TakeFile> file_;  // of the last segment
    std::int64_t next_ = 0;
};

}  // namespace chronus
