// Keys from the terminal, and the signals that concern whoever waits for them.
#pragma once
#include <chrono>
#include <csignal>
#include <optional>

namespace chronus::hand {

// While it lives, SIGINT, SIGTSTP, SIGTERM, SIGHUP, SIGWINCH and SIGCONT are held back and come out of wait()
// instead.
class Keys {
public:
    enum class Event { key, interrupted, suspended, told_to_end, resized, resumed, timeout, closed };

    Keys();
    ~Keys();
    Keys(const Keys&) = delete;
    Keys& operator=(const Keys&) = delete;

    // Until something comes, or the time is up. After `key` at least one byte can be read from stdin.
    Event wait(std::optional<std::chrono::milliseconds> timeout = std::nullopt);
    // More has been typed already, or was pasted.
    bool pending() const;

private:
    sigset_t held_{}, before_{};
    int signals_ = -1;  // a descriptor
};

}  // namespace chronus::hand
