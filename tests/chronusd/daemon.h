// A daemon that a test talks to.
#pragma once
#include <string>
#include <vector>

#include "chronusd/process.h"

namespace chronus {

using CommandLine = std::vector<std::string>;

// A daemon on the null device, with sockets of its own.
struct Daemon {
    explicit Daemon(const std::string& socket, CommandLine more = {"--empty"}, const std::vector<std::string>& settings = {})
        : process(CHRONUSD_PROGRAM, words(socket, more), "", settings) {
        const std::string line = process.wait_for_line("OSC on UDP port ");
        const std::string before = "UDP port ";
        port = std::to_string(std::stoi(line.substr(line.find(before) + before.size())));
    }
    static CommandLine words(const std::string& socket, const CommandLine& more) {
        CommandLine all{"--device", "null", "--port", "0", "--socket", socket};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    Process process;
    std::string port;
};

}  // namespace chronus
