// Whoever records what is heard, as commands see it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "handoff/ear.h"
#include "refusal/refusal.h"
#include "studio/command.h"

namespace chronus {

struct RecordWish {
    std::string name;             // of the file; its ending, .wav or .flac, says how it is written
    std::string samples = "24";   // 16, 24, float
    struct Stem {
        std::string name;
        EarTarget target;
    };
    std::vector<Stem> stems;      // files of their own, beside the master's
    std::int64_t from = 0;        // frame, or kLater
};

// A stretch of what was heard already.
struct PastWish {
    std::string name;
    std::int64_t from = 0, to = 0;      // frames
    std::filesystem::path log;          // to be put beside it; empty: none
    std::string about;                  // a line to begin that with
};

// [studio] None of it waits for the disk.
class Recordings {
public:
    virtual ~Recordings() = default;
    // All is made ready; it begins when it is started once more by the same name.
    static constexpr std::int64_t kLater = INT64_MAX;

    // The file. Refused as `taken` where there is one of that name, as `file`, as `busy`.
    virtual Result<std::string> start(const RecordWish& wish) = 0;
    // From this frame on nothing is written. The files that are ended; refused as `unknown` where nothing is recorded.
    virtual Result<std::vector<std::string>> stop(std::int64_t frame) = 0;
    virtual Words status() = 0;
    // The file that is being made, and the frame that it begins at: what is kept may begin later than what was wished.
    virtual Result<std::pair<std::string, std::int64_t>> keep(const PastWish& wish) = 0;
    // What has come about since the last time, for whoever wants to know: "recorded FILE", "trouble REASON".
    virtual std::vector<std::pair<std::string, std::string>> poll() = 0;
};

}  // namespace chronus
