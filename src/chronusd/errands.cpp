#include "chronusd/errands.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

extern char** environ;

namespace chronus {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMost = 2;  // at once

}  // namespace

Errands::~Errands() {
    for (const auto& [id, file] : running_) {
        kill(id, SIGTERM);
        waitpid(id, nullptr, 0);
    }
}

Result<Done> Errands::render(const fs::path& log, const fs::path& out) {
    if (out.extension() != ".wav" && out.extension() != ".flac") return Refusal{"file", fmt::format("{} is neither .wav nor .flac", out.string()), "session render last jam.wav"};
    if (out.has_parent_path()) return Refusal{"file", fmt::format("{} is no name of a file", out.string()), "session render last jam.wav"};
    if (running_.size() >= kMost) return Refusal{"busy", fmt::format("{} are being rendered", kMost), "status"};
    std::error_code none;
    fs::create_directories(recordings_, none);
    const std::string file = (recordings_ / out).string();
    std::vector<std::string> words{"chronusd", "--render", log.string(), "--out", file};
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t plain;  // not as urgent as what it comes from
    posix_spawnattr_init(&plain);
    const sched_param priority{};
    posix_spawnattr_setflags(&plain, POSIX_SPAWN_SETSCHEDULER);
    posix_spawnattr_setschedpolicy(&plain, SCHED_BATCH);
    posix_spawnattr_setschedparam(&plain, &priority);
    pid_t id = 0;
    const int failed = posix_spawn(&id, "/proc/self/exe", &files, &plain, pointers.data(), environ);
    posix_spawnattr_destroy(&plain);
    posix_spawn_file_actions_destroy(&files);
    if (failed) return Refusal{"device", fmt::format("nobody renders: {}", std::strerror(failed)), ""};
    running_[id] = file;
    return Done{};
}

void Errands::poll(const std::function<void(const std::string&, const std::string&)>& tell) {
    std::erase_if(running_, [&](const auto& one) {
        int status = 0;
        if (waitpid(one.first, &status, WNOHANG) != one.first) return false;
        const bool done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        tell(done ? "rendered" : "trouble", done ? one.second : one.second + " could not be rendered");
        return true;
    });
}

}  // namespace chronus
