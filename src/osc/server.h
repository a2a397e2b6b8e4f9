// The daemon's conversation: takes what comes over the wire to the console, and answers every message to the
// socket it came from, once what it says is true.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "listen/ears.h"
#include "osc/client.h"
#include "osc/codec.h"
#include "osc/happenings.h"
#include "osc/viz.h"
#include "osc/quiet.h"
#include "osc/wire.h"
#include "studio/console.h"
#include "workshop/workshop.h"

namespace chronus {

// The frame that is handed to the device at a time on CLOCK_MONOTONIC; less than 0 before the first one.
// Nothing: nobody knows.
using FrameAt = std::function<std::optional<double>(std::int64_t monotonic_ns)>;

class Server {
public:
    Server(Wire& wire, Console& console, FrameAt frame_at);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();  // the console speaks to nobody then

    // Until told to quit, or `keep_on` says no. It is asked after every wait.
    void run(const std::function<bool()>& keep_on);

    std::function<std::uint64_t()> xruns;  // that the device has counted; none: nobody counts

private:
    struct Owed {
        Client client;
        std::string address, id;
        Outcome outcome;
        std::chrono::steady_clock::time_point since;
    };
    struct Waiter {
        Client client;
        std::string id;
        When when;
        double silence_seconds = 0;  // more than 0: for silence that lasts so long
    };
    struct Conversation {  // with one client
        std::deque<std::pair<std::string, Message>> answered;  // by id, the newest last
        std::vector<std::string> awaited;                      // ids of what waits for its time
        std::optional<Tally> quiet;                            // since it said so
        double lease_seconds = 0;                              // 0: none
        std::chrono::steady_clock::time_point lease_until{};
        std::uint32_t speaker = 0;                             // as the console knows it
        std::uint64_t heard = 0;                               // the count of datagrams when it last spoke
    };

    void hear(const Client& client, std::span<const std::byte> datagram);
    using Hushed = std::shared_ptr<Hush>;  // null: each is answered
    void hear(const Client& client, TimedMessage&& timed, const Hushed& hush);
    void receive();
    void obey(const Client& client, const Message& message, const std::string& id, std::int64_t at, std::int64_t late,
              const Hushed& hush);
    Outcome notify(const Client& client, const Message& message);
    Outcome lease(const Client& client, const Message& message);
    void end_leases();
    void lose(const Client& client);
    void tell_happenings();
    void tell(const Happened& happened, const Client* except = nullptr);
    Outcome be_quiet(const Client& client, const Message& message);
    void settle(const Client& client, const std::string& address, const std::string& id, Outcome outcome,
                const Hushed& hush = nullptr);
    void end_hush(const Hushed& hush);
    void listen(Owed owed);
    void answer_heard();
    void end_listening();
    void vet(Owed owed);
    void answer_tried();
    void end_vetting();
    void note_fault(const std::string& path, std::int64_t frame);
    void note_overrun(const std::string& type, std::int64_t frame);
    void count_fault(const std::string& type, std::int64_t frame);
    void roll_back();
    Conversation& conversation_with(const Client& client);
    bool is_under_way(const Client& client, const std::string& id);
    void owe_fresh(std::uint64_t mail);
    void answer_owed();
    void start_waiting(const Client& client, const Message& message, const std::string& id);
    void answer_waiters();
    void answer(const Owed& owed, std::int64_t frame, bool running);
    void refuse(const Client& client, const std::string& address, const std::string& id, const Words& words);
    void send(const Client& client, const std::string& id, const Message& message);
    std::chrono::nanoseconds patience();
    void compare_clocks();
    std::optional<std::int64_t> frame_of(std::uint64_t ntp);

    Wire& wire_;
    Console& console_;
    FrameAt frame_at_;
    std::deque<Owed> owed_;
    std::vector<Owed> fresh_;   // of the batch under way: the mail of some is not known yet
    Ears ears_;
    std::map<std::uint64_t, Owed> listening_;  // by ticket: answered once it has been heard
    Workshop workshop_;
    std::map<std::uint64_t, Owed> vetted_;     // likewise: answered once its build has been tried
    std::vector<std::string> failed_;          // types whose build before is to come back
    std::unordered_map<Client, Conversation> conversations_;
    std::uint64_t datagrams_ = 0;
    std::vector<Waiter> waiters_;
    struct Listener {
        Client client;
        Happenings wants = 0;
    };
    std::vector<Listener> listeners_;
    Watchman watchman_;
    Viz viz_;
    std::chrono::steady_clock::time_point leases_seen_{};
    std::uint64_t taken_ = 0;
    std::int64_t taken_at_ = 0;
    std::int64_t monotonic_to_unix_;
    std::vector<std::byte> buffer_;
};

}  // namespace chronus
