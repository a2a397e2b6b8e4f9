// Commands about what is to come.
#include <fmt/format.h>

#include "studio/console.h"
#include "studio/line.h"
#include "studio/request.h"
#include "text/message_text.h"

namespace chronus {
namespace {

// at "bar 9" set bass.cutoff 800: what cannot be right at any time is refused now.
Result<Words> at(Request& request) {
    const Telemetry& now = request.telemetry();
    const auto when = read_when(request.text(0), now.timeline, now.frame);
    if (!when) return when.refusal();
    const auto messages = read_line(request.rest(1));
    if (!messages) return messages.refusal();
    if (messages->empty()) return request.refuse("missing", "there is no line to wait with");
    for (const Message& message : *messages) {
        const Command* command = find_command(message.address);
        if (!command || command->address == "/at")
            return request.refuse("unknown", fmt::format("{} cannot wait", message.address));
        if (auto fault = misfit(*command, message)) return std::move(*fault);
    }
    for (const Message& message : *messages) request.console.wait_for(*when, message);
    return Words{"queued until " + print_when(*when, now.timeline, now.frame)};
}

constexpr Command kCommands[] = {
    {"/at", {takes::text("moment"), takes::many("line")},
     "Does a line at a moment: bar 9, bar 9 beat 3, next bar, +4 beats, +1.5 s.", "/at \"next bar\" tempo 140", Effect::none, at},
    {"/wait", {takes::text("moment")}, "Is answered when the moment has come.", "/wait \"+1 beats\"", Effect::none, over_the_wire},
};

}  // namespace

std::span<const Command> time_commands() { return kCommands; }

}  // namespace chronus
