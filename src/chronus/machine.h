// What the machine and its user have that matters to sound in real time.
#pragma once
#include <sys/resource.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chronus::hand {

// A limit of a process, as /proc/PID/limits has it: "Max realtime priority". Nothing if it is unlimited, 0 if
// it cannot be read.
std::optional<std::uint64_t> limit_of(int process, const std::string& name);
// The soft limit of this one. Nothing if it is unlimited.
std::optional<std::uint64_t> own_limit(__rlimit_resource_t resource);
// Bytes that a process has locked.
std::uint64_t locked_memory_of(int process);
// Whether this user may run in real time: a thread of this process tries, and nothing stays of it.
bool may_use_realtime();

bool in_group(const std::string& name);               // this process
bool listed_in_group(const std::string& name);        // its user, in /etc/group
bool limits_give_priority(const std::string& group);  // in /etc/security/limits.conf or limits.d

std::string cpu_governor();
// Who holds a UDP port of this machine; empty if it is free.
std::string holder_if_taken(std::uint16_t port);

// chronusd beside this program, in the build tree or on the PATH; empty if there is none.
std::string find_daemon_program();
// The shared libraries that a program wants and that are not there.
std::vector<std::string> missing_libraries_of(const std::string& program);

}  // namespace chronus::hand
