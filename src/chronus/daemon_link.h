// The way to the daemon and back: one question at a time, asked again if it was lost, with a time to give up.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chronus/answer.h"
#include "osc/descriptor.h"
#include "refusal/refusal.h"
#include "text/message.h"

namespace chronus::hand {

// Where to ask. With neither, the daemon's usual UNIX socket if it lives, else the usual UDP port.
struct Place {
    std::optional<std::uint16_t> port;
    std::optional<std::string> socket_path;
};

class DaemonLink {
public:
    using Clock = std::chrono::steady_clock;

    DaemonLink(Place place, Clock::duration timeout);

    // Refused with the code "absent" if no daemon is there, "silent" if what is there doesn't answer.
    // A daemon that starts before the time is up is found.
    Result<Answer> ask(const Message& request);

    // The same without waiting. The id by which its answer is fetched; nothing if no daemon is there. Never
    // asked again.
    std::optional<std::string> send(const Message& request);
    // The answer, once it has come.
    std::optional<Answer> answer_to(const std::string& id);

private:
    enum class Heard { answer, nothing, absence };

    bool connect();
    bool connect_unix(const std::string& path);
    bool connect_udp(std::uint16_t port);
    bool send(std::span<const std::byte> datagram, Clock::time_point deadline);
    Heard listen(const std::string& id, Clock::time_point until, std::optional<Answer>& answer);
    std::string encoded(const Message& request, std::vector<std::byte>& datagram);
    void keep(const Message& message);
    Refusal absent() const;
    Refusal silent() const;

    Place place_;
    Clock::duration timeout_;
    std::string name_;  // begins every id, so that no other client's answer is taken for ours
    std::uint64_t asked_ = 0;
    Descriptor socket_;
    std::string connected_to_;
    std::vector<std::byte> buffer_;
    std::map<std::string, std::optional<Answer>> sent_;  // by id: those whose answer is still to be fetched
};

}  // namespace chronus::hand
