#include "chronusd/keep_alive.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

extern char** environ;

namespace chronus {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t kMostDeaths = 6;  // within kTooOften: then it is left alone
constexpr auto kTooOften = std::chrono::seconds(10);

volatile std::sig_atomic_t child = 0;
volatile std::sig_atomic_t told_to_stop = 0;

void pass_on(int signal) {
    told_to_stop = 1;
    if (child > 0) kill(child, signal);
}

int start(std::vector<std::string> words, bool again) {
    if (again) words.push_back("--resume");
    words.push_back("--kept");
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    pid_t id = 0;
    return posix_spawn(&id, "/proc/self/exe", nullptr, nullptr, pointers.data(), environ) == 0 ? id : -1;
}

}  // namespace

int keep_alive(int count, char** words) {
    std::vector<std::string> own(words, words + count);
    std::erase(own, "--keep-alive");
    struct sigaction action{};
    action.sa_handler = pass_on;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::deque<Steady::time_point> deaths;
    for (bool again = false;; again = true) {
        child = start(own, again);
        if (child < 0) {
            fmt::print(stderr, "chronusd: cannot start: {}\n", std::strerror(errno));
            return 1;
        }
        int status = 0;
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        if (WIFEXITED(status)) return WEXITSTATUS(status);
        if (told_to_stop) return 1;
        deaths.push_back(Steady::now());
        if (deaths.size() > kMostDeaths) deaths.pop_front();
        if (deaths.size() == kMostDeaths && deaths.back() - deaths.front() < kTooOften) {
            fmt::print(stderr, "chronusd: it died {} times within {} s: given up\n", kMostDeaths, kTooOften.count());
            return 1;
        }
        fmt::print(stderr, "chronusd: it died ({}), and is started again\n", strsignal(WTERMSIG(status)));
    }
}

}  // namespace chronus
