#include "chronusd/state.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fstream>

#include "chronusd/files.h"

namespace chronus {

namespace fs = std::filesystem;

namespace {

// Behind the name of a type.
constexpr const char* kHung = " hung";

// For the handler of a crash, which may do next to nothing.
char crash_file[4096];
const Whereabouts* where = nullptr;

void on_crash(int signal) {
    const std::string_view type = where ? where->type() : std::string_view();
    if (!type.empty()) {
        const int file = ::open(crash_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
        if (file >= 0) {
            char line[Whereabouts::kLongest + 1];
            std::size_t length = type.copy(line, Whereabouts::kLongest);
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
    where = mail.whereabouts;
    struct sigaction action{};
    action.sa_handler = on_crash;
    for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) sigaction(signal, &action, nullptr);
}

void State::note_hang(const std::string& type) const {
    if (is_kept()) std::ofstream(crashes(), std::ios::app) << type << kHung << '\n';
}

std::map<std::string, std::string> State::guilty() const {
    std::ifstream stream(crashes());
    std::map<std::string, int> counts;
    std::map<std::string, std::string> guilty;
    for (std::string line; std::getline(stream, line);)
        if (line.ends_with(kHung)) guilty[line.substr(0, line.size() - std::strlen(kHung))] = "did not come to an end";
        else if (++counts[line] == 2) guilty[line] = "crashed twice";
    return guilty;
}

void State::forgive(const std::string& type) const {
    std::ifstream stream(crashes());
    std::string others;
    bool found = false;
    for (std::string line; std::getline(stream, line);)
        if (line == type || line == type + kHung) found = true;
        else others += line + '\n';
    if (found) std::ofstream(crashes()) << others;
}

void State::forget_crashes() const {
    std::error_code none;
    if (is_kept()) fs::remove(crashes(), none);
}

}  // namespace chronus
