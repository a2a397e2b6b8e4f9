// A program of ours at a terminal of its own: keys go in, and what it writes comes out.
#pragma once
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

#include "osc/descriptor.h"

namespace chronus {

class Terminal {
public:
    Terminal(const std::string& program, const std::vector<std::string>& arguments, const std::string& home) {
        winsize size{24, 80, 0, 0};
        int end = -1;
        std::vector<char*> words{const_cast<char*>(program.c_str())};
        for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
        words.push_back(nullptr);
        id_ = forkpty(&end, nullptr, nullptr, &size);
        if (id_ < 0) throw std::runtime_error("no terminal is left");
        if (id_ == 0) {
            setenv("TERM", "xterm", 1);
            setenv("HOME", home.c_str(), 1);
            unsetenv("XDG_STATE_HOME");
            execv(program.c_str(), words.data());
            _exit(127);
        }
        end_ = Descriptor(end);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() {
        if (id_ <= 0) return;
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }

    void type(const std::string& keys) const {
        if (write(end_.get(), keys.data(), keys.size()) < 0) throw std::runtime_error("it does not listen");
    }
    void signal(int number) const { kill(id_, number); }

    // Until it has written this, from where the last one ended. Returns what came before it.
    std::string wait_for(const std::string& words) {
        for (;;) {
            if (const std::size_t at = text_.find(words, read_); at != std::string::npos) {
                const std::string before = text_.substr(read_, at - read_);
                read_ = at + words.size();
                return before;
            }
            if (!read_more())
                throw std::runtime_error("it ended without writing " + words + ":\n" + text_.substr(read_));
        }
    }
    // Its exit status; 1000 and the signal's number if a signal ended it.
    int wait_for_end() {
        while (read_more()) {
        }
        int status = 0;
        waitpid(id_, &status, 0);
        id_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
    }
    // All that it wrote.
    const std::string& text() const { return text_; }

private:
    bool read_more() {
        if (std::chrono::steady_clock::now() > give_up_)
            throw std::runtime_error("it goes on and on:\n" + text_.substr(read_));
        pollfd watched{end_.get(), POLLIN, 0};
        if (poll(&watched, 1, 1000) <= 0) return true;
        char some[4096];
        const ssize_t size = read(end_.get(), some, sizeof some);
        if (size <= 0) return false;
        text_.append(some, static_cast<std::size_t>(size));
        return true;
    }

    pid_t id_ = -1;
    Descriptor end_;
    std::string text_;
    std::size_t read_ = 0;
    const std::chrono::steady_clock::time_point give_up_ =
        std::chrono::steady_clock::now() + std::chrono::seconds(60);
};

}  // namespace chronus
