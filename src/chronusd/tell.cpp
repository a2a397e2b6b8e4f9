#include "chronusd/tell.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

namespace chronus {

void add_device(Words& words, const DeviceStatus& device) {
    const auto add = [&](const char* name, Argument value) {
        words.push_back(std::string(name));
        words.push_back(std::move(value));
    };
    add("device", device.name);
    add("device_frames", static_cast<std::int32_t>(device.frames));
    add("latency_ms", static_cast<float>(device.latency_seconds * 1000));
    add("xruns", static_cast<std::int64_t>(device.xruns));
    add("realtime", device.realtime_priority);
}

void add_process(Words& words, const Wire& wire, const std::vector<std::string>& left_out) {
    const auto add = [&](const char* name, Argument value) {
        words.push_back(std::string(name));
        words.push_back(std::move(value));
    };
    add("version", std::string(CHRONUS_VERSION));
    add("process", static_cast<std::int32_t>(getpid()));
    add("port", static_cast<std::int32_t>(wire.port()));
    add("socket", wire.socket_path());
    add("receive_buffer", static_cast<std::int32_t>(wire.receive_buffer()));
    add("datagrams", static_cast<std::int64_t>(wire.received()));
    add("dropped", static_cast<std::int64_t>(wire.dropped()));
    add("unsent", static_cast<std::int64_t>(wire.unsent()));
    for (const std::string& module : left_out) add("left_out", module);
}

void say_what_next(const Console& console, const Wire& wire) {
    const Studio& studio = console.studio();
    std::string osc = "/create s kick", line = "'sequence kick: x...x...x...x...' play";
    const auto find = [&](const char* parameter) {
        for (const auto& [id, module] : studio.modules) {
            if (!console.types().find(module.type)->input(parameter)) continue;
            osc = fmt::format("/mod/{}/{} f 2500", id, parameter);
            line = fmt::format("'set {}.{} 600'", id, parameter);
            if (studio.tracks.empty()) line += fmt::format(" 'note {} C3'", id);
            return true;
        }
        return false;
    };
    if (studio.tracks.empty() ? !find("filter/freq") : !find("cutoff")) find("filter/freq");
    if (!studio.tracks.empty()) line += " 'tempo 140'";

    std::error_code none;
    const auto beside = std::filesystem::read_symlink("/proc/self/exe", none).parent_path().parent_path() / "chronus/chronus";
    std::string hand = std::filesystem::exists(beside, none) ? std::filesystem::proximate(beside, none).string() : "chronus";
    if (hand.starts_with("..")) hand = beside.string();
    if (wire.socket_path() != default_socket_path()) hand += " --socket " + wire.socket_path();
    fmt::print("In another terminal (Ctrl-C here stops):\n  oscsend localhost {} {}\n  {} {}\n", wire.port(), osc, hand, line);
}

}  // namespace chronus
