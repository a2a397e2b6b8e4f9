// Knows what can be said by asking the daemon, no more often than needed: all of it at most once a line.
// Without a daemon it knows nothing, and says so fast.
#pragma once
#include <string>
#include <string_view>

#include "chronus/completion.h"
#include "chronus/daemon_link.h"
#include "chronus/hint.h"
#include "chronus/vocabulary.h"

namespace chronus::hand {

class Tutor {
public:
    explicit Tutor(const Place& place);

    // `cursor` counts bytes.
    Completion complete(std::string_view text, std::size_t cursor);
    Hint hint(std::string_view text, std::size_t cursor);

    // What was known when it was last asked.
    const Vocabulary& vocabulary() const { return vocabulary_; }

    // A line has been said: whatever is known may have changed.
    void forget() { fresh_ = false; }

private:
    void learn(std::string_view text);
    bool learn_overview();
    bool ask(const Message& request, std::vector<Argument>& values);

    DaemonLink link_;
    Vocabulary vocabulary_;
    bool fresh_ = false;
    DaemonLink::Clock::time_point absent_until_{};
};

}  // namespace chronus::hand
