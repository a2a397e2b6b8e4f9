// The same work on other synthesizers, where they are installed: their own files stand in peers/.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chronus::bench {

struct Peer {
    std::string name;
    std::vector<std::string> prepare;  // one shell line each, run once and not measured
    std::vector<std::string> command;  // the program and its words
};

// A folder of its own for scores and what they render, gone at the end.
class Desk {
public:
    Desk();
    ~Desk();
    Desk(const Desk&) = delete;
    std::string operator/(const std::string& name) const { return (folder_ / name).string(); }

private:
    std::filesystem::path folder_;
};

// Those that can do this work, with their scores written for that many seconds at 48 kHz.
std::vector<Peer> peers(const std::string& work, double seconds, const Desk& desk);

// CPU seconds, user and system, of the least of some runs. Nothing if the peer is not installed or fails.
std::optional<double> measure(const Peer& peer, int runs);

}  // namespace chronus::bench
