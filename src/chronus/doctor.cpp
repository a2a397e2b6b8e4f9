#include "chronus/doctor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "chronus/table.h"

namespace chronus::hand {
namespace {

constexpr std::int64_t kSmallBuffer = 1 << 20;  // bytes: a burst of a few thousand messages
constexpr double kHighLoad = 70,
                 kTooHighLoad = 100;  // per cent of a block's time that 99 of 100 blocks need less than

using Findings = std::vector<Finding>;

std::string bytes(std::uint64_t count) {
    return count < 1 << 20 ? fmt::format("{} kB", count >> 10) : fmt::format("{} MB", count >> 20);
}

void judge_daemon(const Facts& facts, Findings& findings) {
    const Table about(facts.about);
    if (facts.status.empty()) {
        if (facts.port_holder.empty()) {
            findings.push_back({Grade::wrong, "daemon", facts.absence, facts.start});
            return;
        }
        const std::string found =
            fmt::format("UDP port {} is held by {}, which gives no answer", facts.port, facts.port_holder);
        const int other = facts.port == 65'535 ? 5'005 : facts.port + 1;
        findings.push_back({Grade::wrong, "daemon", found, fmt::format("chronusd --port {}", other)});
        return;
    }
    if (facts.about.empty()) {
        findings.push_back({Grade::warn, "daemon",
                            "answers, but is older than this client: it does not know /about",
                            "chronus /quit, then start chronusd anew"});
        return;
    }
    findings.push_back({Grade::ok, "daemon",
                        fmt::format("process {}, UDP port {}, {}", about.text("process"), about.text("port"),
                                    about.text("socket")),
                        ""});
    const std::string version = about.text("version");
    const bool same = version.ends_with(" " + facts.client_version);
    findings.push_back(
        {same ? Grade::ok : Grade::warn, "version",
         same ? version : fmt::format("the daemon is {}, this client {}", version, facts.client_version),
         same ? "" : "chronus /quit, then start chronusd anew"});
}

void judge_program(const Facts& facts, Findings& findings) {
    if (!facts.missing_libraries.empty())
        findings.push_back({Grade::wrong, "libraries",
                            fmt::format("{} cannot start: {} not found", facts.daemon_program,
                                        fmt::join(facts.missing_libraries, ", ")),
                            "scripts/setup"});
    else if (!facts.daemon_program.empty())
        findings.push_back(
            {Grade::ok, "libraries", fmt::format("all that {} needs are here", facts.daemon_program), ""});
    else if (facts.status.empty())
        findings.push_back({Grade::wrong, "libraries",
                            "chronusd is neither beside this program nor on the PATH", "scripts/build"});
}

void judge_device(const Facts& facts, Findings& findings) {
    const Table status(facts.status);
    const std::string name = status.text("device");
    if (facts.audio_stopped) {
        findings.push_back({Grade::wrong, "device",
                            fmt::format("{} asks for no sound: it is gone or stands still", name),
                            "chronus /quit, then start chronusd anew"});
        return;
    }
    const std::string shown =
        fmt::format("{} at {} Hz, {} frames, latency {:.1f} ms", name, status.text("rate"),
                    status.text("device_frames"), status.number("latency_ms", 0));
    if (name == "null")
        findings.push_back({Grade::warn, "device", shown + ": nothing is heard",
                            "chronusd --list-devices, then chronusd --device NAME"});
    else
        findings.push_back({Grade::ok, "device", shown, ""});

    const auto xruns = status.whole("xruns", 0);
    findings.push_back(
        {xruns > 0 ? Grade::warn : Grade::ok, "xruns", fmt::format("{} since it was started", xruns),
         xruns > 0 ? fmt::format("chronusd --frames {}",
                                 std::max<std::int64_t>(2 * status.whole("device_frames", 256), 128))
                   : ""});
    const double load = status.number("load_p99_percent", 0);
    findings.push_back(
        {load > kTooHighLoad ? Grade::wrong
         : load > kHighLoad  ? Grade::warn
                             : Grade::ok,
         "load",
         fmt::format("half of all blocks need less than {:.1f} % of their time, 99 of 100 less than {:.1f} %",
                     status.number("load_p50_percent", 0), load),
         load > kHighLoad ? "chronus cost, and remove what costs most" : ""});
    if (const auto faults = status.whole("faults", 0); faults > 0)
        findings.push_back({Grade::warn, "faults",
                            fmt::format("modules ran away {} times and were muted", faults),
                            "turn their feedback or drive down; chronusd's stderr names them"});
}

// What a user lacks who may not run in real time or lock memory. `given`: a file of limits.d has it.
std::string way_to_limits(const Facts& facts, bool given) {
    std::string way;
    if (facts.is_root) return "start the container with --cap-add=SYS_NICE --cap-add=IPC_LOCK";
    if (!given)
        way =
            "printf '@audio - rtprio 95\\n@audio - memlock unlimited\\n' | sudo tee "
            "/etc/security/limits.d/95-music-chronus.conf";
    if (!facts.listed_in_audio_group && !facts.in_audio_group)
        way += std::string(way.empty() ? "" : " && ") + "sudo usermod -aG audio \"$USER\"";
    return way.empty() ? "log in again, then start chronusd anew" : way + ", then log in again";
}

void judge_priority(const Facts& facts, Findings& findings) {
    const std::string limit = facts.priority_limit ? std::to_string(*facts.priority_limit) : "unlimited";
    if (Table(facts.status).is_true("realtime")) {
        findings.push_back({Grade::ok, "priority", "the audio thread runs in real time", ""});
    } else if (!facts.status.empty()) {
        findings.push_back(
            {Grade::wrong, "priority",
             fmt::format("the audio thread does not run in real time (limit {}): others make it late", limit),
             facts.may_use_realtime ? "chronus /quit, then start chronusd from this shell"
                                    : way_to_limits(facts, facts.audio_group_has_priority)});
    } else if (facts.may_use_realtime) {
        findings.push_back({Grade::ok, "priority", "chronusd will run in real time", ""});
    } else {
        findings.push_back({Grade::wrong, "priority",
                            fmt::format("this user may not run in real time (ulimit -r: {})", limit),
                            way_to_limits(facts, facts.audio_group_has_priority)});
    }
}

void judge_memory(const Facts& facts, Findings& findings) {
    const std::string limit = facts.memory_limit ? bytes(*facts.memory_limit) : "none";
    if (facts.locked_memory > 0) {
        findings.push_back(
            {Grade::ok, "memory", fmt::format("{} are locked", bytes(facts.locked_memory)), ""});
    } else if (facts.may_lock_memory) {
        const bool runs = !facts.about.empty();
        findings.push_back(
            {runs ? Grade::warn : Grade::ok, "memory",
             runs ? "nothing of the daemon's is locked, though it may be" : "chronusd will lock what it uses",
             runs ? "chronus /quit, then start chronusd from this shell" : ""});
    } else {
        findings.push_back({Grade::warn, "memory",
                            fmt::format("nothing is locked (limit {}): where memory is short, a page may be "
                                        "missing when it is played",
                                        limit),
                            way_to_limits(facts, false)});
    }
}

void judge_processor(const Facts& facts, Findings& findings) {
    if (facts.governor.empty())
        findings.push_back({Grade::ok, "processor", "its speed is not ours to set", ""});
    else if (facts.governor == "performance")
        findings.push_back({Grade::ok, "processor", "governor performance", ""});
    else
        findings.push_back({Grade::warn, "processor",
                            fmt::format("governor {}: it slows down between blocks", facts.governor),
                            "sudo cpupower frequency-set -g performance"});
}

void judge_wire(const Facts& facts, Findings& findings) {
    if (facts.about.empty()) return;
    const Table about(facts.about);
    const auto buffer = about.whole("receive_buffer", 0), dropped = about.whole("dropped", 0);
    const std::string shown =
        fmt::format("receive buffer {}, {} of {} datagrams lost", bytes(static_cast<std::uint64_t>(buffer)),
                    dropped, about.text("datagrams"));
    const bool wanting = buffer < kSmallBuffer || dropped > 0;
    findings.push_back({wanting ? Grade::warn : Grade::ok, "wire", shown,
                        buffer < kSmallBuffer
                            ? "sudo sysctl -w net.core.rmem_max=4194304, then start chronusd anew"
                        : dropped > 0 ? "chronus --socket " + about.text("socket") + ", which loses nothing"
                                      : ""});
}

void judge_modules(const Facts& facts, Findings& findings) {
    const Table about(facts.about);
    const std::string path = facts.about.empty() ? fmt::format("{}", fmt::join(facts.module_path, ":"))
                                                 : about.text("module_path");
    const bool none = path.empty() || (!facts.about.empty() && about.whole("types", 0) == 0);
    if (none)
        findings.push_back({Grade::wrong, "modules",
                            path.empty() ? "there is no folder of modules" : "no module type is in " + path,
                            "scripts/build"});
    else if (facts.about.empty())
        findings.push_back({Grade::ok, "modules", path, ""});
    else
        findings.push_back(
            {Grade::ok, "modules", fmt::format("{} types in {}", about.text("types"), path), ""});
    for (const std::string& problem : about.all("left_out"))
        findings.push_back({Grade::wrong, "modules", "left out: " + problem,
                            "build that file again, or take it away; then start chronusd anew"});
}

}  // namespace

Findings diagnose(const Facts& facts) {
    Findings findings;
    judge_daemon(facts, findings);
    judge_program(facts, findings);
    if (!facts.status.empty()) judge_device(facts, findings);
    judge_priority(facts, findings);
    judge_memory(facts, findings);
    judge_processor(facts, findings);
    judge_wire(facts, findings);
    judge_modules(facts, findings);
    return findings;
}

}  // namespace chronus::hand
