// The session log's text, a superset of what oscdump prints, one message a line:
//   TIME ADDRESS [TYPES ARGS...] [# comment]
// TIME is NTP in hex (00000001.80000000) or a frame (@12345). T, F and N have no token in ARGS; oscdump's #T,
// #F and Nil are read where they stand. Blank lines and lines that begin with # are passed over.
#pragma once
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "refusal/refusal.h"
#include "text/message.h"

namespace chronus {

struct LogTime {
    bool is_frame = false;
    std::int64_t frame = 0;  // if is_frame; else
    std::uint64_t ntp = 0;   // seconds in the upper half, their fraction in the lower

    bool operator==(const LogTime&) const = default;
};

struct LogLine {
    LogTime time;
    Message message;
    std::string comment;  // without the # and one space

    bool operator==(const LogLine&) const = default;
};

// Reads back as the same line if the address is a word, the floats are finite and the comment has no line
// break.
std::string print_log_line(const LogLine& line);
std::string print_log_line(const LogTime& time, const Message& message);

// One line that is neither blank nor a comment. `number` is told in the refusal if it isn't 0.
Result<LogLine> read_log_line(std::string_view text, std::size_t number = 0);

// The lines in the order of their time: an NTP log is sorted (stably), a frame log must be in order. A log
// counts in one of the two throughout.
Result<std::vector<LogLine>> read_log(std::istream& in);

// The frame of a time, rounded to the nearest, halves up; no floating point on the way. The origin of a log
// is the time of its first line, as read_log gives them: that one is frame 0. The rate is in frames a second,
// 1 to 2^31.
std::int64_t frame_of(const LogTime& time, std::uint64_t ntp_origin, double rate);

}  // namespace chronus
