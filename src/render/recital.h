// Everything that is to happen, in order: a song's lines at its start, or a log's at their frames.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "refusal/refusal.h"
#include "text/message.h"

namespace chronus {

struct Recital {
    struct Line {
        std::int64_t frame;
        Message message;
        int number = 0;  // of the line in its file; 0: it stands in none
    };
    std::vector<Line> lines;
    int rate = 0;         // that the log was made at; 0: any
    bool is_song = false; // it ends with its bars, not with its last line

    std::int64_t last_frame() const { return lines.empty() ? 0 : lines.back().frame; }
};

// A .chr file. What it leaves out is done for it: it is played from the start.
Result<Recital> read_song(const std::string& text, const std::string& file);

// A session log. One that does not begin with /session/start is played on `studio`, the text of a .chr file.
// NTP times are rounded to frames at `rate`.
Result<Recital> read_session(const std::string& text, const std::string& file, const std::string& studio, int rate);

// True if a text is a log rather than lines.
bool is_log(const std::string& text);

}  // namespace chronus
