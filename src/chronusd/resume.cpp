#include "chronusd/resume.h"

#include <fmt/format.h>

#include <cstdio>

#include "audio/render_call.h"
#include "text/message_text.h"

namespace chronus {
namespace {

void take(Console& console, const Message& message) {
    const Outcome outcome = console.take(message);
    if (!outcome.done) fmt::print(stderr, "chronusd: left out: {}: {}\n", print_message(message), text_of(outcome.words.at(1)).value_or(""));
}

}  // namespace

void take_up(Console& console, const LeftBehind& left, const std::set<std::string>& without) {
    for (const Message& message : left.messages) {
        const std::string type = message.address == "/create" && !message.arguments.empty() ? text_of(message.arguments[0]).value_or("") : "";
        const Type* known = type.empty() ? nullptr : console.types().find(type);
        if (known && without.contains(known->name)) {
            fmt::print(stderr, "chronusd: {} is left out: it crashed twice\n", message.arguments.size() > 1 ? text_of(message.arguments[1]).value_or("") : type);
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
}

std::optional<ClockLine> clock_of(const LeftBehind& left) {
    if (!left.clock || left.clock->ns > monotonic_ns() || left.clock->ns_per_frame <= 0) return std::nullopt;
    return left.clock;
}

}  // namespace chronus
