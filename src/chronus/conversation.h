// Says lines to the daemon, shows what it answers, and remembers whether all of it was done.
#pragma once
#include <cstdio>
#include <optional>
#include <string_view>

#include "chronus/daemon_link.h"

namespace chronus::hand {

class Conversation {
public:
    Conversation(DaemonLink link, bool json) : link_(std::move(link)), json_(json) {}

    // Blank lines and comments are passed over. A number is told with a refusal, as the place in a file. With
    // `indent` the line stands on the terminal right above, that many columns from its edge: a caret below it
    // shows what is wrong.
    void say(std::string_view line, std::size_t number = 0, std::optional<std::size_t> indent = std::nullopt);

    bool all_done() const { return all_done_; }
    // Nobody answered the last line, so nobody will answer the next.
    bool alone() const { return alone_; }

private:
    Answer answer_to(std::string_view line);

    DaemonLink link_;
    bool json_ = false;
    bool all_done_ = true;
    bool alone_ = false;
};

}  // namespace chronus::hand
