// What was done to the instrument, step by step, to go back and forth in: who did what when, and the studio before and
// after it. A step is a command, a line or a bundle; what one client turns without a pause is one step.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "studio/studio.h"
#include "text/message.h"

namespace chronus {

struct JournalStep {
    std::uint64_t number = 0;  // from 1
    Studio before, after;
    std::uint32_t who = 0;     // of speakers
    std::int64_t frame = 0;
    std::string where;         // in the music, while that ran
    std::string what;          // the message, of several with ; between
    std::size_t bytes = 0;     // about, beside its neighbour
    bool undone = false;
};

// [studio]
class Journal {
public:
    static constexpr std::size_t kMost = 16 << 20;  // bytes of all steps; then the oldest are forgotten
    static constexpr double kPause = 0.5;           // s: shorter ones do not part what one client turns
    static constexpr std::size_t kCheckpoints = 256;

    explicit Journal(int rate) : pause_(static_cast<std::int64_t>(kPause * rate)) {}

    // Everything before is forgotten: history begins with this studio.
    void begin(const Studio& studio);

    struct Deed {
        std::uint32_t who = 0;
        std::int64_t frame = 0;
        const Message& message;
        bool turns = false;  // it sets a parameter
    };
    // Before a command changes the studio. What goes on with the newest step needs no copy.
    void prepare(const Studio& studio, const Deed& deed);
    // After it: a step, unless nothing has changed.
    void add(const Studio& studio, const Deed& deed, const std::string& where);
    // After an undo: no step.
    void follow(const Studio& studio);

    // All that is added while one lives is one step; within another it is part of that.
    class Act {
    public:
        explicit Act(Journal& journal) : journal_(journal) {
            if (journal_.acts_++ == 0) journal_.act_ = ++journal_.acts_begun_;
        }
        Act(const Act&) = delete;
        ~Act() { --journal_.acts_; }

    private:
        Journal& journal_;
    };

    // The newest that is not undone, and what was undone last; of one client or of all. Null: there is none.
    JournalStep* to_undo(std::optional<std::uint32_t> who);
    JournalStep* to_redo(std::optional<std::uint32_t> who);
    void mark(JournalStep& step, bool undone, std::uint32_t by);
    const std::deque<JournalStep>& steps() const { return steps_; }

    // Names for studios to come back to. False: there are too many.
    bool check(const std::string& name, const Studio& studio);
    const Studio* checkpoint(const std::string& name) const;
    std::vector<std::string> checkpoints() const;

private:
    struct Undone {
        std::uint64_t step;
        std::uint32_t by;
    };
    // Steps of one client that only turn parameters, without a pause: by address, the step that turned it.
    struct Run {
        std::uint32_t who = 0;
        std::int64_t frame = 0;
        std::unordered_map<std::string, std::uint64_t> turned;
    };

    bool goes_on(const Deed& deed);
    void settle(const Studio& studio);
    void push(const Studio& studio, const Deed& deed, const std::string& where);
    void join_newest(const std::string& what, std::int64_t frame);
    void weigh(JournalStep& step);
    void forget_oldest();
    JournalStep* find(std::uint64_t number);

    std::int64_t pause_;
    std::deque<JournalStep> steps_;
    std::size_t bytes_ = 0;
    std::uint64_t numbered_ = 0;
    Studio present_;          // after the newest step
    bool behind_ = false;     // the studio has gone on from there, within the newest step
    bool going_on_ = false;   // the command under way goes on with the newest step
    std::optional<Run> run_;  // to which the newest step belongs
    std::vector<Undone> undone_;
    int acts_ = 0;
    std::uint64_t act_ = 0, acts_begun_ = 0, newest_act_ = 0;
    std::map<std::string, Studio> checkpoints_;
};

}  // namespace chronus
