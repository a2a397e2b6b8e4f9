#include "render/recital.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "studio/line.h"
#include "text/log.h"
#include "text/message_text.h"

namespace chronus {

Result<Recital> read_song(const std::string& text, const std::string& file) {
    const auto messages = read_lines(text, file);
    if (!messages) return messages.refusal();
    Recital recital;
    recital.is_song = true;
    for (const auto& [message, number] : *messages) recital.lines.push_back({0, message, number});
    recital.lines.push_back({.frame = 0, .message = {"/play", {}}});
    return recital;
}

Result<Recital> read_session(const std::string& text, const std::string& file, const std::string& studio, int rate) {
    std::istringstream stream(text);
    const auto log = read_log(stream);
    if (!log) {
        Refusal refusal = log.refusal();
        refusal.reason = file + ", " + refusal.reason;
        return refusal;
    }
    if (log->empty()) return Refusal{"file", file + " has no messages", ""};
    Recital recital;
    const Message& first = log->front().message;
    if (first.address == "/session/start") {
        if (!first.arguments.empty()) recital.rate = static_cast<int>(number_of(first.arguments[0]).value_or(0));
    } else {
        const auto lines = read_lines(studio, "studio.chr");
        if (!lines) return lines.refusal();
        for (const auto& [message, number] : *lines) recital.lines.push_back({0, message, number});
    }
    if (recital.rate > 0) rate = recital.rate;
    const std::uint64_t origin = log->front().time.ntp;
    for (const LogLine& line : *log) recital.lines.push_back({.frame = frame_of(line.time, origin, rate), .message = line.message});
    return recital;
}

bool is_log(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto first = line.find_first_not_of(" \t\r");
        if (first == std::string::npos || line[first] == '#') continue;
        return static_cast<bool>(read_log_line(line)) || line[first] == '@' ||
               line.find_first_not_of("0123456789abcdefABCDEF", first) == first + 8;
    }
    return false;
}

}  // namespace chronus
