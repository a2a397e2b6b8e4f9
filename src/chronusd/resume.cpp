#include "chronusd/resume.h"

#include <fmt/format.h>

#include <cstdio>

#include "audio/render_call.h"
#include "text/message_text.h"

namespace chronus {
namespace {

// Why a type is left out: it, or one that it is made of.
std::string reason_against(const Types& types, const Type& type, const std::map<std::string, std::string>& without) {
    if (const auto found = without.find(type.name); found != without.end()) return found->first + " " + found->second;
    for (const Part& part : type.parts)
        if (const Type* inner = types.find(part.module.type))
            if (auto reason = reason_against(types, *inner, without); !reason.empty()) return reason;
    return "";
}

void take(Console& console, const Message& message) {
    const Outcome outcome = console.take(message);
    if (!outcome.done) fmt::print(stderr, "chronusd: left out: {}: {}\n", print_message(message), text_of(outcome.words.at(1)).value_or(""));
}

}  // namespace

std::vector<std::string> take_up(Console& console, const LeftBehind& left, const std::map<std::string, std::string>& without) {
    std::vector<std::string> left_out;
    for (const Message& message : left.messages) {
        const std::string type = message.address == "/create" && !message.arguments.empty() ? text_of(message.arguments[0]).value_or("") : "";
        const Type* known = type.empty() ? nullptr : console.types().find(type);
        if (const std::string reason = known ? reason_against(console.types(), *known, without) : ""; !reason.empty()) {
            left_out.push_back(fmt::format("{} is left out: {}", message.arguments.size() > 1 ? text_of(message.arguments[1]).value_or("") : type, reason));
            fmt::print(stderr, "chronusd: {}\n", left_out.back());
            continue;
        }
        if (message.address != "/session/start" && message.address != "/session/end") take(console, message);
    }
    for (const Message& message : left.held) take(console, message);
    for (const Awaited& one : left.awaited)
        if (!one.tag.empty()) console.arm(one.tag, one.at, one.message);
        else console.wait_for({one.musical, one.musical ? one.at : 0, one.musical ? 0 : one.at}, one.message);
    if (left.timeline.running)
        take(console, {"/session/continue", {left.timeline.beats - left.timeline.frame * left.timeline.tempo}});
    return left_out;
}

std::optional<ClockLine> clock_of(const LeftBehind& left) {
    if (!left.clock || left.clock->ns > monotonic_ns() || left.clock->ns_per_frame <= 0) return std::nullopt;
    return left.clock;
}

}  // namespace chronus
