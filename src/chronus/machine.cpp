#include "chronus/machine.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <pwd.h>
#include <sched.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "osc/descriptor.h"
#include "osc/port_holder.h"

extern char** environ;

namespace chronus::hand {
namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& file) {
    std::string line;
    std::getline(std::ifstream(file) >> std::ws, line);
    return line;
}

// "@audio - rtprio 95", of a group.
bool gives_priority(const fs::path& file, const std::string& group) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string who, kind, what;
        if (words >> who >> kind >> what && who == "@" + group && what == "rtprio") return true;
    }
    return false;
}

std::string output_of(const std::vector<std::string>& command) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return "";
    const Descriptor out(ends[0]);
    Descriptor in(ends[1]);
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t pipes;
    posix_spawn_file_actions_init(&pipes);
    posix_spawn_file_actions_adddup2(&pipes, in.get(), STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&pipes, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t process = 0;
    const int failed = posix_spawnp(&process, words[0], &pipes, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&pipes);
    in = Descriptor();
    std::string text;
    char some[4096];
    for (ssize_t size; failed == 0 && (size = read(out.get(), some, sizeof some)) > 0;)
        text.append(some, static_cast<std::size_t>(size));
    if (failed == 0) waitpid(process, nullptr, 0);
    return text;
}

}  // namespace

std::optional<std::uint64_t> limit_of(int process, const std::string& name) {
    std::ifstream lines(fmt::format("/proc/{}/limits", process));
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(name)) continue;
        std::istringstream words(line.substr(name.size()));
        std::string soft;
        words >> soft;
        if (soft == "unlimited") return std::nullopt;
        return std::strtoull(soft.c_str(), nullptr, 10);
    }
    return 0;
}

std::optional<std::uint64_t> own_limit(__rlimit_resource_t resource) {
    rlimit limit{};
    if (getrlimit(resource, &limit) != 0) return 0;
    if (limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
    return limit.rlim_cur;
}

std::uint64_t locked_memory_of(int process) {
    std::ifstream lines(fmt::format("/proc/{}/status", process));
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("VmLck:")) return 1024 * std::strtoull(line.c_str() + 6, nullptr, 10);
    return 0;
}

bool may_use_realtime() {
    bool may = false;
    std::thread([&] {
        const sched_param lowest{1};
        may = pthread_setschedparam(pthread_self(), SCHED_FIFO, &lowest) == 0;
    }).join();
    return may;
}

bool in_group(const std::string& name) {
    const group* wanted = getgrnam(name.c_str());
    if (!wanted) return false;
    if (getegid() == wanted->gr_gid) return true;
    std::vector<gid_t> groups(static_cast<std::size_t>(std::max(getgroups(0, nullptr), 0)));
    const int count = getgroups(static_cast<int>(groups.size()), groups.data());
    for (int i = 0; i < count; ++i)
        if (groups[static_cast<std::size_t>(i)] == wanted->gr_gid) return true;
    return false;
}

bool listed_in_group(const std::string& name) {
    const passwd* user = getpwuid(getuid());
    const std::string own = user ? user->pw_name : "";
    const group* wanted = getgrnam(name.c_str());
    for (char** member = wanted ? wanted->gr_mem : nullptr; member && *member; ++member)
        if (own == *member) return true;
    return false;
}

bool limits_give_priority(const std::string& group) {
    std::error_code hidden;
    for (fs::directory_iterator entry("/etc/security/limits.d", hidden), end; !hidden && entry != end;
         entry.increment(hidden))
        if (entry->path().extension() == ".conf" && gives_priority(entry->path(), group)) return true;
    return gives_priority("/etc/security/limits.conf", group);
}

std::string cpu_governor() {
    return first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
}

std::string holder_if_taken(std::uint16_t port) {
    const Descriptor probe(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (!probe || bind(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
        errno != EADDRINUSE)
        return "";
    return holder_of_udp_port(port);
}

std::string find_daemon_program() {
    std::error_code none;
    const fs::path own = fs::read_symlink("/proc/self/exe", none).parent_path();
    for (const fs::path& beside : {own / "chronusd", own.parent_path() / "chronusd" / "chronusd"})
        if (fs::is_regular_file(beside, none)) return beside;
    std::istringstream folders(std::getenv("PATH") ? std::getenv("PATH") : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (fs::is_regular_file(fs::path(folder) / "chronusd", none)) return fs::path(folder) / "chronusd";
    return "";
}

std::vector<std::string> missing_libraries_of(const std::string& program) {
    std::vector<std::string> missing;
    if (program.empty()) return missing;
    std::istringstream lines(output_of({"ldd", program}));
    for (std::string line; std::getline(lines, line);)
        if (line.find("not found") != std::string::npos) {
            std::istringstream words(line);
            std::string library;
            if (words >> library) missing.push_back(library);
        }
    return missing;
}

}  // namespace chronus::hand
