#include "text/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "text/caret.h"
#include "text/message_text.h"
#include "text/numbers.h"
#include "text/quote.h"

namespace chronus {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Refusal refuse(std::string_view what, std::string_view text, std::size_t number) {
    return {"file", point_at(what, text, 0, number), "@48000 /mod/voice1/freq f 440"};
}

std::string print_time(const LogTime& time) {
    if (time.is_frame) return "@" + std::to_string(time.frame);
    return fmt::format("{:08x}.{:08x}", time.ntp >> 32, time.ntp & 0xFFFFFFFF);
}

// What an argument adds after the types; T, F and N add nothing.
std::string print_value(const Argument& argument) {
    return std::visit(
        [](const auto& value) -> std::string {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string>)
                return ' ' + quote(value);
            else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, Nil>)
                return "";
            else
                return ' ' + print_number(value);
        },
        argument);
}

bool is_remark(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos || text[begin] == '#';
}

}  // namespace

std::string print_log_line(const LogTime& time, const Message& message) {
    std::string text = print_time(time);
    text += ' ';
    text += message.address;
    if (!message.arguments.empty()) text += ' ' + types_of(message);
    for (const Argument& argument : message.arguments) text += print_value(argument);
    return text;
}

std::string print_log_line(const LogLine& line) {
    std::string text = print_log_line(line.time, line.message);
    if (line.comment.empty()) return text;
    text += " # ";
    for (const char c : line.comment) text += c == '\n' || c == '\r' ? ' ' : c;
    return text;
}

Result<std::vector<LogLine>> read_log(std::istream& in) {
    std::vector<LogLine> lines;
    std::string buffer;
    for (std::size_t number = 1; std::getline(in, buffer); ++number) {
        std::string_view text = buffer;
        if (number == 1 && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
        if (text.ends_with('\r')) text.remove_suffix(1);
        if (is_remark(text)) continue;

        auto line = read_log_line(text, number);
        if (!line) return line.refusal();
        if (!lines.empty()) {
            const LogTime& last = lines.back().time;
            if (line->time.is_frame != last.is_frame)
                return refuse("frames and NTP times can't be mixed in one log", text, number);
            if (line->time.is_frame && line->time.frame < last.frame)
                return refuse(fmt::format("the time goes back, from frame {}", last.frame), text, number);
        }
        lines.push_back(std::move(*line));
    }
    if (in.bad()) return Refusal{"file", "the log could not be read to its end", ""};
    // Frames are in order already. NTP times are those of the senders, whose datagrams may overtake each
    // other.
    std::stable_sort(lines.begin(), lines.end(),
                     [](const LogLine& a, const LogLine& b) { return a.time.ntp < b.time.ntp; });
    return lines;
}

}  // namespace chronus
