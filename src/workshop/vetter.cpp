#include "workshop/vetter.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

extern char** environ;

namespace chronus {
namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kDescriptor = 3;                     // on which it tells
constexpr auto kPatience = std::chrono::seconds(5);

class Pipe {
public:
    Pipe() { open_ = pipe2(ends_, O_CLOEXEC) == 0; }
    ~Pipe() {
        close_writing();
        if (open_) close(ends_[0]);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    explicit operator bool() const { return open_; }
    int reading() const { return ends_[0]; }
    int writing() const { return ends_[1]; }
    void close_writing() {
        if (open_ && ends_[1] >= 0) close(std::exchange(ends_[1], -1));
    }

private:
    int ends_[2] = {-1, -1};
    bool open_ = false;
};

// An ordinary process, whatever the thread is that starts it; what it prints goes nowhere.
int start(const fs::path& program, const fs::path& file, int telling, pid_t& process) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // dup2 onto itself would leave it to be closed.
    const int between = telling == kDescriptor ? fcntl(telling, F_DUPFD_CLOEXEC, kDescriptor + 1) : telling;
    posix_spawn_file_actions_adddup2(&files, between, kDescriptor);
    posix_spawnattr_t manner;
    posix_spawnattr_init(&manner);
    const sched_param ordinary{};
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setschedpolicy(&manner, SCHED_OTHER);
    posix_spawnattr_setschedparam(&manner, &ordinary);
    posix_spawnattr_setsigmask(&manner, &none);
    posix_spawnattr_setflags(&manner, POSIX_SPAWN_SETSCHEDULER | POSIX_SPAWN_SETSIGMASK);
    std::string name = program.string(), argument = file.string();
    char* words[] = {name.data(), argument.data(), nullptr};
    const int error = posix_spawn(&process, name.c_str(), &files, &manner, words, environ);
    if (between != telling) close(between);
    posix_spawnattr_destroy(&manner);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

// What it says, line by line.
class Account {
public:
    void read(std::string_view some) {
        text_ += some;
        for (std::size_t end; (end = text_.find('\n')) != std::string::npos; text_.erase(0, end + 1)) line(text_.substr(0, end));
    }

    Verdict verdict;
    bool said = false;            // that it passed, or why not
    std::string at = "its start"; // what it was doing last

private:
    void line(const std::string& text) {
        const auto rest = [&](std::string_view word) { return text.substr(std::min(text.size(), word.size() + 1)); };
        if (text.starts_with("at ")) at = rest("at");
        if (text == "passed") said = verdict.passed = true;
        if (text.starts_with("refused ")) {
            const std::string why = rest("refused");
            verdict.why = {why.substr(0, why.find(' ')), why.substr(std::min(why.size(), why.find(' ') + 1)), ""};
            said = true;
        }
        if (text.starts_with("figure ")) {
            const std::string figure = rest("figure");
            const auto space = figure.find(' ');
            verdict.figures.emplace_back(figure.substr(0, space), std::strtod(figure.c_str() + std::min(figure.size(), space), nullptr));
        }
    }
    std::string text_;
};

// False if it went on too long.
bool listen(int pipe, Account& account) {
    const auto until = Clock::now() + kPatience;
    char some[4096];
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        pollfd readable{pipe, POLLIN, 0};
        if (left <= 0 || poll(&readable, 1, static_cast<int>(left)) == 0) return false;
        const ssize_t size = ::read(pipe, some, sizeof some);
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return true;
        account.read({some, static_cast<std::size_t>(size)});
    }
}

// How it ended, if it did not say so itself.
Refusal end_of(int status, bool in_time, const std::string& at) {
    if (!in_time) return {"hang", fmt::format("it does not come to an end ({})", at), ""};
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF)
        return {"hang", fmt::format("it does not come to an end within half a second of the processor's time ({})", at), ""};
    if (WIFSIGNALED(status)) return {"crash", fmt::format("it crashes: {} ({})", strsignal(WTERMSIG(status)), at), ""};
    return {"exit", fmt::format("it ends the program with {} ({})", WEXITSTATUS(status), at), ""};
}

}  // namespace

fs::path vet_program() {
    std::error_code none;
    const fs::path home = fs::read_symlink("/proc/self/exe", none).parent_path();
    for (fs::path folder = home; folder.has_relative_path(); folder = folder.parent_path())
        if (fs::path program = folder / "src/laws/chronus-vet"; fs::exists(folder / "CMakeCache.txt", none) && fs::exists(program, none))
            return program;
    return home / "chronus-vet";
}

Verdict vet(const fs::path& program, const fs::path& file) {
    const auto begin = Clock::now();
    Account account;
    Pipe pipe;
    pid_t process = 0;
    const int error = pipe ? start(program, file, pipe.writing(), process) : errno;
    if (error != 0) {
        account.verdict.why = {"file", fmt::format("{} cannot be run: {}", program.string(), std::strerror(error)), ""};
        return account.verdict;
    }
    pipe.close_writing();
    const bool in_time = listen(pipe.reading(), account);
    if (!in_time) kill(process, SIGKILL);
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    // Whoever passes and then crashes on the way out has not passed.
    if (!account.said || (account.verdict.passed && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))) {
        account.verdict.passed = false;
        account.verdict.why = end_of(status, in_time, account.at);
    }
    account.verdict.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return account.verdict;
}

}  // namespace chronus
