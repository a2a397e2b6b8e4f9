// A log that is played again, live: its messages at their frames from now on, from a bar, at another tempo, over and over.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "text/log.h"

namespace chronus {

class Console;

class Replay {
public:
    struct Wish {
        int bar = 1;          // that it begins with
        double tempo = 0;     // bpm of its beginning; 0: its own
        bool loop = false;
        std::uint32_t who = 0;  // of speakers
    };
    // Frames are taken as of the rate that the log begins with.
    Replay(std::vector<LogLine> lines, int rate, const Wish& wish);

    // [studio] What was done before the bar is done now; the rest when its time has come.
    void begin(Console& console);
    void feed(Console& console);
    bool is_over() const { return next_ == lines_.size() && !wish_.loop; }
    std::int64_t frames() const { return last_ - from_; }

private:
    void find_bar();
    Message at_tempo(Message message) const;
    std::int64_t due(std::size_t line) const;
    void prepare(Console& console);

    std::vector<LogLine> lines_;
    int rate_;
    double rate_factor_ = 1;   // frames of this instrument to those of the log
    Wish wish_;
    double tempo_factor_ = 1;
    std::int64_t from_ = 0, last_ = 0;  // frames of the log
    std::size_t first_ = 0;             // line
    bool runs_ = false;                 // the transport, at the bar
    std::int64_t begun_ = 0;            // frame of this instrument
    std::size_t next_ = 0;
};

}  // namespace chronus
