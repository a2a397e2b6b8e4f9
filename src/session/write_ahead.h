// What is needed to be where one was, whatever ends the process: a studio as the messages that make it, and all that was
// accepted since. Each message is with the system before it is answered.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "handoff/timeline.h"
#include "refusal/refusal.h"
#include "session/append_file.h"
#include "text/message.h"

namespace chronus {

// At a time on CLOCK_MONOTONIC a frame was handed to the device, the others in step.
struct ClockLine {
    std::int64_t ns = 0;
    std::int64_t frame = 0;
    double ns_per_frame = 0;

    bool operator==(const ClockLine&) const = default;
};

// Gates and notes that are open, with the messages that opened them: of a module its gate, and each note by its name.
class Held {
public:
    void follow(const Message& message);
    const std::map<std::string, Message>& all() const { return open_; }

private:
    std::map<std::string, Message> open_;
};

// A message that waits for its moment: a beat, or a frame.
struct Awaited {
    bool musical = true;
    std::int64_t at = 0;
    Message message;
    std::string tag = {};  // of what the studio brings about by itself
};

// What a process left behind.
struct LeftBehind {
    int rate = 0;
    std::int32_t port = 0;             // UDP; 0: none
    std::vector<Message> messages;     // that make the studio, in their order
    std::vector<Message> held;         // gates and notes that were open
    std::vector<Awaited> awaited;      // in the order in which they were said
    Timeline timeline;
    std::optional<ClockLine> clock;    // none: it ended by itself, and time stood still
    std::int64_t frame = 0;            // up to which it is known to have played
};
// Refused as `file` where it is no such text. A last line that was cut off is passed over.
Result<LeftBehind> read_left_behind(const std::string& text);

class WriteAhead {
public:
    static constexpr std::size_t kMost = 512 << 10;  // bytes since the studio was last written whole

    WriteAhead(std::filesystem::path file, int rate, std::int32_t port) : path_(std::move(file)), rate_(rate), port_(port) {}
    ~WriteAhead();

    // The studio whole, in place of all before. A file is there at any time, the old one or the new.
    Result<Done> write_whole(const std::vector<Message>& studio, std::int64_t frame);
    bool is_long() const { return file_ && file_->bytes() > kMost + whole_; }

    // Accepted while this frame was played.
    void add(const Message& message, std::int64_t frame);
    // Accepted, to be done at its moment; and no more to be, as that has come.
    std::uint64_t wait(const Awaited& awaited, std::int64_t frame);
    void waited(std::uint64_t number, std::int64_t frame);
    // All before was taken at this frame.
    void taken(std::int64_t frame);
    void stands(const Timeline& timeline, std::int64_t frame);
    void clock(const ClockLine& line);
    // It ends by itself, at this frame.
    void end(std::int64_t frame);
    void flush();
    const std::string& trouble() const;

private:
    void write_awaited(std::uint64_t number, const Awaited& awaited, std::int64_t frame);
    void write(const std::string& address, std::vector<Argument> arguments, std::int64_t frame);

    std::filesystem::path path_;
    int rate_;
    std::int32_t port_;
    std::unique_ptr<AppendFile> file_;
    std::size_t whole_ = 0;
    bool fresh_ = false, taken_ = true;
    std::int64_t frame_ = 0;
    std::optional<Timeline> timeline_;
    std::optional<ClockLine> clock_;
    Held held_;
    std::map<std::uint64_t, Awaited> awaited_;
    std::uint64_t waits_ = 0;
};

}  // namespace chronus
