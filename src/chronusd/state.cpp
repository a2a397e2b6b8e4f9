#include "chronusd/state.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fstream>
#include <map>

#include "chronusd/files.h"

namespace chronus {

namespace fs = std::filesystem;

namespace {

// For the handler of a crash, which may do next to nothing.
char crash_file[4096];
const std::atomic<const char*>* at_work = nullptr;

void on_crash(int signal) {
    if (const char* type = at_work ? at_work->load(std::memory_order_relaxed) : nullptr) {
        const int file = ::open(crash_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
        if (file >= 0) {
            char line[128];
            std::size_t length = 0;
            for (; type[length] && length < sizeof line - 1; ++length) line[length] = type[length];
            line[length++] = '\n';
            static_cast<void>(!::write(file, line, length));
            ::close(file);
        }
    }
    std::signal(signal, SIG_DFL);
    ::raise(signal);
}

}  // namespace

State::State(const fs::path& folder, const std::string& socket) : folder_(folder), key_(socket) {
    std::replace(key_.begin(), key_.end(), '/', '-');
    key_.erase(0, key_.find_first_not_of('-'));
    std::error_code none;
    if (!folder_.empty()) fs::create_directories(folder_, none);
}

Result<LeftBehind> State::left_behind() const {
    const Refusal nothing{"file", "there is nothing to resume: no daemon was there on this socket", "chronusd"};
    std::error_code none;
    if (!is_kept() || !fs::exists(ahead(), none)) return nothing;
    const auto text = read_file(ahead());
    if (!text) return text.refusal();
    auto left = read_left_behind(*text);
    if (!left) return Refusal{"file", fmt::format("{}: {}", ahead().string(), left.refusal().reason), ""};
    return left;
}

void State::tell_crashes(const Mailbox& mail) const {
    const std::string file = crashes().string();
    if (!is_kept() || file.size() >= sizeof crash_file) return;
    std::strcpy(crash_file, file.c_str());
    at_work = &mail.at_work;
    struct sigaction action{};
    action.sa_handler = on_crash;
    for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) sigaction(signal, &action, nullptr);
}

std::set<std::string> State::crashed_twice() const {
    std::ifstream stream(crashes());
    std::map<std::string, int> counts;
    std::set<std::string> twice;
    for (std::string type; std::getline(stream, type);)
        if (++counts[type] >= 2) twice.insert(type);
    return twice;
}

void State::forget_crashes() const {
    std::error_code none;
    if (is_kept()) fs::remove(crashes(), none);
}

}  // namespace chronus
