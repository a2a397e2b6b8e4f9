// Commands about what is to come.
#include <fmt/format.h>

#include "studio/console.h"
#include "studio/line.h"
#include "studio/request.h"
#include "studio/resolve.h"
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

std::optional<Ramp::Curve> read_curve(const std::string& name) {
    constexpr std::pair<const char*, Ramp::Curve> kNames[] = {{"linear", Ramp::Curve::linear}, {"lin", Ramp::Curve::linear},
        {"exponential", Ramp::Curve::exponential}, {"exp", Ramp::Curve::exponential}, {"smooth", Ramp::Curve::smooth}};
    for (const auto& [known, curve] : kNames)
        if (name == known) return curve;
    return std::nullopt;
}

// ramp bass.cutoff 4000 4 bars exponential: the base is the target from now on, and what is heard is on its way there.
Result<Words> ramp(Request& request) {
    const auto input = resolve_input(request.studio, request.types(), request.text(0));
    if (!input) return input.refusal();
    const PublicPort& port = input->info();
    if (!port.is_parameter() || port.has_names())
        return request.refuse("type", fmt::format("{} is {}: it has no values between", request.text(0), port.is_parameter() ? "a choice" : "a gate"));
    const auto target = request.value_for(port, request.message.arguments[1]);
    if (!target) return target.refusal();
    std::string duration = request.rest(2), curve = port.curve == CHRONUS_EXPONENTIAL ? "exponential" : "linear";
    if (const auto last = duration.rfind(' '); last != std::string::npos && read_curve(duration.substr(last + 1))) {
        curve = duration.substr(last + 1);
        duration.resize(last);
    }
    const auto span = read_span(duration, request.telemetry().timeline);
    if (!span) return span.refusal();
    request.studio.modules.edit(input->module).bases[input->name] = *target;
    Event event = request.event(EventKind::ramp, *input, *target);
    event.shape = Ramp::Shape{*read_curve(curve), span->in_beats}.packed();
    event.carry(span->length);
    request.effects.ramp = {event, *span};
    request.send(event);
    Words words{*target};
    if (!port.unit.empty()) words.push_back(port.unit);
    words.push_back(fmt::format("in {}, {}", print_span(*span, request.telemetry().timeline), curve));
    return words;
}

constexpr Command kCommands[] = {
    {"/at", {takes::text("moment"), takes::many("line")},
     "Does a line at a moment: bar 9, bar 9 beat 3, next bar, +4 beats, +1.5 s.", "/at \"next bar\" tempo 140", Effect::none, at},
    {"/ramp", {takes::text("parameter"), takes::any("target"), takes::many("duration [curve]")},
     "Leads a parameter to a value: over beats, bars, steps or seconds; linear, exponential or smooth.",
     "/ramp voice2.filter/freq 4000 2 bars exponential", Effect::sound, ramp},
    {"/wait", {takes::text("moment")}, "Is answered when the moment has come: a bar, a beat, some seconds, or silence.", "/wait \"+1 beats\"", Effect::none, over_the_wire},
};

}  // namespace

std::span<const Command> time_commands() { return kCommands; }

}  // namespace chronus
