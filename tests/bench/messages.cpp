#include "messages.h"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <filesystem>
#include <atomic>
#include <functional>
#include <map>
#include <thread>

#include "chronusd/process.h"
#include "audio/null_device.h"
#include "crowd_client.h"
#include "engine/engine.h"
#include "osc/server.h"

namespace chronus::bench {
namespace {

// A daemon as a process of its own, on its own sockets.
class Daemon {
public:
    explicit Daemon(const MessageLoad& load)
        : process_(CHRONUSD, {"--device", load.device, "--frames", std::to_string(load.frames), "--port", "0", "--socket",
                              folder_ / "s", "--log", folder_ / "log.osc"}, "", {}, folder_ / "home") {
        const std::string line = process_.wait_for_line("OSC on UDP port");
        port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.find("port ") + 5)));
    }
    ~Daemon() {
        process_.signal(SIGTERM);
        process_.wait_for_end();
    }
    Peer udp() const { return Peer::udp(port_); }
    Peer local() const { return Peer::local(folder_ / "s"); }

private:
    Folder folder_;
    Process process_;
    std::uint16_t port_ = 0;
};

// What follows a word in an answer.
double figure(const Message& answer, const std::string& name) {
    for (std::size_t i = 1; i < answer.arguments.size(); ++i)
        if (answer.arguments[i - 1] == Argument(name)) return number_of(answer.arguments[i]).value_or(-1);
    return -1;
}

std::vector<Datagram> sets_on_64_parameters() {
    std::vector<Datagram> all;
    for (int i = 0; i < 512; ++i) {
        static const char* const names[] = {"freq", "amp", "filter/freq", "filter/q", "adsr/attack", "adsr/decay", "send/reverb", "slide_time"};
        const float value = 0.1f + static_cast<float>(i % 7) * 0.1f;
        all.push_back(datagram_of({fmt::format("/mod/voice{}/{}", i % 8 + 1, names[i / 8 % 8]), {value}}));
    }
    return all;
}

struct Deadlines {
    double blocks = 0, missed = 0;
};
Deadlines deadlines(Peer& peer) {
    const Message status = peer.ask({"/status", {}});
    return {figure(status, "blocks"), figure(status, "xruns")};
}
double rate_between(const Deadlines& before, const Deadlines& after) {
    return 100 * (after.missed - before.missed) / std::max(1.0, after.blocks - before.blocks);
}

// Somebody else's socket: what comes is read and thrown away.
class IdleSocket {
public:
    IdleSocket(bool local, const Folder& folder) : bound_(socket(local ? AF_UNIX : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        if (local) {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            (folder / "idle").copy(address.sun_path, sizeof address.sun_path - 1);
            (void)bind(bound_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
            sender_.emplace(Peer::local(folder / "idle"));
        } else {
            const Client any = Client::udp(0);
            (void)bind(bound_.get(), reinterpret_cast<const sockaddr*>(&any.address), any.length);
            sockaddr_in own{};
            socklen_t length = sizeof own;
            getsockname(bound_.get(), reinterpret_cast<sockaddr*>(&own), &length);
            sender_.emplace(Peer::udp(ntohs(own.sin_port)));
        }
        const timeval patience{0, 100'000};
        setsockopt(bound_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        reader_ = std::thread([this] {
            for (char byte; !over_;) recv(bound_.get(), &byte, 1, 0);
        });
    }
    ~IdleSocket() {
        over_ = true;
        reader_.join();
    }
    int socket_to() const { return sender_->socket(); }

private:
    static int socket(int family, int type, int protocol) { return ::socket(family, type, protocol); }
    Descriptor bound_;
    std::optional<Peer> sender_;
    std::atomic<bool> over_ = false;
    std::thread reader_;
};

void measure_load(const Daemon& daemon, bool local, int rate, double seconds) {
    const std::vector<Datagram> sets = sets_on_64_parameters();
    Peer peer = local ? daemon.local() : daemon.udp();
    const Folder folder;
    const Deadlines start = deadlines(peer);
    {
        const IdleSocket idle(local, folder);
        send_evenly(idle.socket_to(), sets, rate, seconds);
    }
    const Deadlines between = deadlines(peer);
    peer.ask({"/quiet", {}});
    const Sent sent = send_evenly(peer.socket(), sets, rate, seconds);
    const Message counts = peer.ask({"/quiet", {std::string("off")}});
    const Deadlines end = deadlines(peer);
    fmt::print("  {:<12} {:7.0f}/s for {:.1f} s: sent {}, taken {:.0f}, refused {:.0f}, lost {:.0f}; missed deadlines {:.3f} %, with "
               "the load elsewhere {:.3f} %\n",
               local ? "UNIX socket" : "UDP", static_cast<double>(sent.count) / sent.seconds, sent.seconds, sent.count,
               figure(counts, "taken"), figure(counts, "refused"),
               static_cast<double>(sent.count) - figure(counts, "taken") - figure(counts, "refused"), rate_between(between, end),
               rate_between(start, between));
    std::fflush(stdout);
}

double quantile(std::vector<double>& times, double part) {
    const auto place = times.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(times.size() - 1));
    std::nth_element(times.begin(), place, times.end());
    return *place;
}

// One a millisecond, each answered before the next.
void measure_round_trips(const std::string& name, Peer peer, const Message& message, double seconds) {
    std::vector<double> milliseconds;
    auto next = Steady::now();
    const auto end = next + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(seconds));
    while (next < end) {
        next += std::chrono::milliseconds(1);
        std::this_thread::sleep_until(next);
        const auto asked = Steady::now();
        peer.ask(message);
        milliseconds.push_back(std::chrono::duration<double, std::milli>(Steady::now() - asked).count());
    }
    fmt::print("  {:<34} p50 {:.3f} ms  p99 {:.3f} ms\n", name, quantile(milliseconds, 0.5), quantile(milliseconds, 0.99));
    std::fflush(stdout);
}

// What this machine takes to wake a thread by a datagram, whatever it does then: nothing that sleeps is sooner.
void measure_waking(double seconds) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0) throw std::runtime_error("no sockets are left");
    const Descriptor near(ends[0]), far(ends[1]);
    std::atomic<int> woken = 0;
    std::thread sleeper([&] {
        const sched_param below_audio{10};
        pthread_setschedparam(pthread_self(), SCHED_FIFO, &below_audio);
        for (char byte = 0; byte != 'q'; ++woken)
            if (pollfd readable{far.get(), POLLIN, 0}; poll(&readable, 1, -1) < 1 || recv(far.get(), &byte, 1, 0) < 1) return;
    });
    std::vector<double> milliseconds;
    const auto end = Steady::now() + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(seconds));
    for (auto next = Steady::now(); next < end; next += std::chrono::milliseconds(1)) {
        std::this_thread::sleep_until(next);
        const int before = woken;
        const auto sent = Steady::now();
        (void)!write(near.get(), "x", 1);
        while (woken == before) {
        }
        milliseconds.push_back(std::chrono::duration<double, std::milli>(Steady::now() - sent).count());
    }
    (void)!write(near.get(), "q", 1);
    sleeper.join();
    fmt::print("  {:<34} p50 {:.3f} ms  p99 {:.3f} ms\n", "a bare wake-up by a datagram", quantile(milliseconds, 0.5), quantile(milliseconds, 0.99));
}

// From the call that sends to the queue that the audio thread reads, a thousand times a second: the daemon's own parts in
// this process, so that its queue can be watched.
void measure_way_to_queue(bool local, double seconds) {
    const Folder folder;
    const Library library = Library::scan({CHRONUS_MODULE_PATH});
    Mailbox mail;
    Console console(library, mail, 48000);
    console.take_line("create voice voice1");
    Engine engine(mail, 48000);
    auto device = NullDevice::open({.name = "null", .rate = 48000, .frames = 64});
    auto wire = Wire::open({0, folder / "s"});
    if (!device || !wire) throw std::runtime_error("no device or no port");
    const auto render = [](void* context, float* stereo, std::uint32_t frames) noexcept {
        static_cast<Engine*>(context)->render(stereo, frames);
    };
    if (!(*device)->start({&engine, render})) throw std::runtime_error("the null device does not start");
    Server server(**wire, console, [](std::int64_t) { return std::nullopt; });
    std::atomic<bool> over = false;
    std::thread thread([&] {
        const sched_param below_audio{10};  // as the daemon asks for
        pthread_setschedparam(pthread_self(), SCHED_FIFO, &below_audio);
        server.run([&] { return !over; });
    });
    const Peer peer = local ? Peer::local(folder / "s") : Peer::udp((*wire)->port());
    const Datagram set = datagram_of({"/mod/voice1/amp", {0.5f}});
    std::vector<double> milliseconds;
    const auto end = Steady::now() + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(seconds));
    for (auto next = Steady::now(); next < end; next += std::chrono::milliseconds(1)) {
        std::this_thread::sleep_until(next);
        const std::uint64_t before = mail.shown();
        const auto sent = Steady::now();
        peer.send_bytes(set);
        while (mail.shown() == before && Steady::now() - sent < std::chrono::milliseconds(100)) {
        }
        milliseconds.push_back(std::chrono::duration<double, std::milli>(Steady::now() - sent).count());
    }
    over = true;
    (*wire)->wake();
    thread.join();
    (*device)->stop();
    fmt::print("  {:<34} p50 {:.3f} ms  p99 {:.3f} ms\n", local ? "to the queue, UNIX socket" : "to the queue, UDP",
               quantile(milliseconds, 0.5), quantile(milliseconds, 0.99));
}

// The same of scsynth, on the JACK server that is there: control buses set, then asked whether all has been done.
void measure_scsynth(const MessageLoad& load) {
    constexpr std::uint16_t kPort = 57190;
    Process scsynth("/usr/bin/scsynth", {"-u", std::to_string(kPort), "-i", "0", "-o", "2", "-R", "0"});
    scsynth.wait_for_line("server ready");
    std::vector<Datagram> sets;
    for (std::int32_t i = 0; i < 64; ++i) sets.push_back(datagram_of({"/c_set", {i, 0.5f}}));
    Peer peer = Peer::udp(kPort);
    const Sent sent = send_evenly(peer.socket(), sets, load.udp_rate, load.seconds);
    peer.ask({"/sync", {1}});
    fmt::print("  scsynth: {:.0f} /c_set a second for {:.1f} s\n", static_cast<double>(sent.count) / sent.seconds, sent.seconds);
    measure_round_trips("scsynth: /sync over UDP", Peer::udp(kPort), {"/sync", {1}}, load.seconds);
    peer.send({"/quit", {}});
    scsynth.wait_for_end();
}

}  // namespace

Result<Done> measure_messages(const MessageLoad& load) {
    try {
        const Daemon daemon(load);
        fmt::print("messages: the classic studio on {}, {} frames a block, with a log\n", load.device, load.frames);
        measure_load(daemon, true, load.unix_rate, load.seconds);
        measure_load(daemon, false, load.udp_rate, load.seconds);
        measure_waking(load.seconds);
        for (const bool local : {true, false}) measure_way_to_queue(local, load.seconds);
        const Message question{"/mod/voice1/amp", {}}, sync{"/sync", {}};
        for (const bool local : {true, false}) {
            const std::string over = local ? " over the UNIX socket" : " over UDP";
            measure_round_trips("a question" + over, local ? daemon.local() : daemon.udp(), question, load.seconds);
            measure_round_trips("/sync" + over, local ? daemon.local() : daemon.udp(), sync, load.seconds);
        }
        if (load.device.starts_with("JACK") && std::filesystem::exists("/usr/bin/scsynth")) measure_scsynth(load);
    } catch (const std::exception& failed) {
        return Refusal{"bench", failed.what(), ""};
    }
    return Done{};
}

}  // namespace chronus::bench
