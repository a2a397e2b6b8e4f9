#include "chronusd/keep_alive.h"

#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <deque>

#include "chronusd/shared_whereabouts.h"
#include "chronusd/state.h"
#include "chronusd/stillness.h"
#include "host/module_path.h"
#include "osc/descriptor.h"

extern "C" {
#include <sys/pidfd.h>  // glibc 2.36 does not say that it is C
}

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

pid_t start(std::vector<std::string> words) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    pid_t id = 0;
    return posix_spawn(&id, "/proc/self/exe", nullptr, nullptr, pointers.data(), environ) == 0 ? id : -1;
}

// Until the child has ended: what waitpid says of it. Ended by us if it hangs in a module, which is noted.
int watch(const Whereabouts& where, const State& state) {
    const Descriptor process(pidfd_open(child, 0));
    Stillness stillness;
    for (bool hung = false; process && !hung;) {
        pollfd ended{process.get(), POLLIN, 0};
        if (poll(&ended, 1, Stillness::kEveryMilliseconds) > 0) break;
        hung = stillness.look(where, child);
        if (!hung) continue;
        const std::string type(where.type());
        state.note_hang(type);
        fmt::print(stderr, "chronusd: {} did not come to an end\n", type);
        kill(child, SIGKILL);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

}  // namespace

int keep_alive(const Options& options, std::vector<std::string> words) {
    const State state(options.no_log ? std::filesystem::path() : user_state_folder(), options.wire.socket_path);
    std::erase(words, "--keep-alive");
    words.emplace_back("--kept");
    const std::string file = options.whereabouts.empty() ? inherited_whereabouts() : options.whereabouts;
    if (options.whereabouts.empty()) words.insert(words.end(), {"--whereabouts", file});
    const auto where = map_whereabouts(file);
    if (!where) {
        fmt::print(stderr, "chronusd: {}\n", where.refusal().reason);
        return 1;
    }
    struct sigaction action{};
    action.sa_handler = pass_on;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::deque<Steady::time_point> deaths;
    for (;;) {
        (*where)->now = 0;  // the one that died may have left something
        child = start(words);
        if (child < 0) {
            fmt::print(stderr, "chronusd: cannot start: {}\n", std::strerror(errno));
            return 1;
        }
        const int status = watch(**where, state);
        if (WIFEXITED(status)) return WEXITSTATUS(status);
        if (told_to_stop) return 1;
        deaths.push_back(Steady::now());
        if (deaths.size() > kMostDeaths) deaths.pop_front();
        if (deaths.size() == kMostDeaths && deaths.back() - deaths.front() < kTooOften) {
            fmt::print(stderr, "chronusd: it died {} times within {} s: given up\n", kMostDeaths, kTooOften.count());
            return 1;
        }
        fmt::print(stderr, "chronusd: it died ({}), and is started again\n", strsignal(WTERMSIG(status)));
        if (deaths.size() == 1 && state.is_kept()) words.emplace_back("--resume");
    }
}

}  // namespace chronus
