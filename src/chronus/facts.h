// What can be known of the daemon and of the machine it runs on, gathered for the doctor.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chronus/daemon_link.h"
#include "text/message.h"

namespace chronus::hand {

// Of a limit as the kernel has it; nothing: there is none.
using Limit = std::optional<std::uint64_t>;

struct Facts {
    std::string client_version;

    // The daemon's own answers; empty if it gave none.
    std::vector<Argument> status, about;
    bool audio_stopped = false;  // it answers, but no block is played
    std::string absence, start;  // why it gave none, and the command that starts one
    std::uint16_t port = 0;      // the UDP port that was asked; 0: the UNIX socket alone
    std::string port_holder;     // who holds that port and gives no answer; empty: nobody

    // Of the daemon's process if its limits can be read, else of this one.
    Limit priority_limit = 0;         // RLIMIT_RTPRIO
    Limit memory_limit = 0;           // RLIMIT_MEMLOCK, bytes
    std::uint64_t locked_memory = 0;  // of the daemon, bytes
    bool may_lock_memory = false;     // as much as there is
    bool is_root = false;
    bool may_use_realtime = false;          // SCHED_FIFO was tried, by this process
    bool in_audio_group = false;            // this process is
    bool listed_in_audio_group = false;     // the user is, from the next login on
    bool audio_group_has_priority = false;  // a file of limits.d gives it

    std::string governor;                        // of the first processor; empty where it has none
    std::vector<std::string> module_path;        // the folders in which this process would look
    std::vector<std::string> missing_libraries;  // of chronusd
    std::string daemon_program;                  // its path; empty if it was not found
};

// Asks the daemon, and looks about. Takes a second at most where no daemon is.
Facts gather(const Place& place, const std::string& client_version);

}  // namespace chronus::hand
