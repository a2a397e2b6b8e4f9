// /proc/net/udp gives the port's inode; the process is the one with a descriptor of that inode.
#include "osc/port_holder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace chronus {
namespace {

namespace fs = std::filesystem;

// Rows are "SLOT: ADDRESS:PORT REMOTE STATE QUEUES TIMER RETRANSMIT UID TIMEOUT INODE …", numbers in hex
// but for the inode. Our port is taken by a socket on 127.0.0.1 (in this order of bytes) or on every address
// (zeros).
std::string inode_in(const char* table, std::uint16_t port) {
    const std::string suffix = fmt::format(":{:04X}", port);
    const auto stands_in_our_way = [&](std::string_view local) {
        if (!local.ends_with(suffix)) return false;
        local.remove_suffix(suffix.size());
        return local == "0100007F" || local.find_first_not_of('0') == std::string_view::npos;
    };

    std::ifstream rows(table);
    std::string row;
    std::getline(rows, row);
    while (std::getline(rows, row)) {
        std::istringstream fields(row);
        std::string slot, local, skipped, inode;
        fields >> slot >> local;
        for (int i = 0; i < 7; ++i) fields >> skipped;
        fields >> inode;
        if (stands_in_our_way(local)) return inode;
    }
    return "";
}

bool holds(const fs::path& process, const std::string& socket) {
    std::error_code hidden;
    for (fs::directory_iterator entry(process / "fd", hidden), end; !hidden && entry != end;
         entry.increment(hidden)) {
        std::error_code gone;
        if (fs::read_symlink(entry->path(), gone) == socket) return true;
    }
    return false;
}

bool is_process(const fs::path& path) {
    const std::string name = path.filename();
    return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string process_with(const std::string& socket) {
    std::error_code failed;
    for (fs::directory_iterator entry("/proc", failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const fs::path& process = entry->path();
        if (!is_process(process) || !holds(process, socket)) continue;
        std::string name;
        std::getline(std::ifstream(process / "comm"), name);
        return fmt::format("{} (process {})", name, process.filename().string());
    }
    return "";
}

}  // namespace

std::string holder_of_udp_port(std::uint16_t port) {
    for (const char* table : {"/proc/net/udp", "/proc/net/udp6"}) {
        const std::string inode = inode_in(table, port);
        if (inode.empty()) continue;
        const std::string process = process_with(fmt::format("socket:[{}]", inode));
        if (!process.empty()) return process;
    }
    return "a process that only its owner or root can see";
}

}  // namespace chronus
