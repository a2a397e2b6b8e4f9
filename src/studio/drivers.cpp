#include "studio/drivers.h"

#include <fmt/format.h>

#include "studio/console.h"
#include "studio/names.h"
#include "text/numbers.h"

namespace chronus {
namespace {

bool plays(const Track& track, const Resolved& input) {
    if (!track.lane.empty()) return track.module == input.module && track.lane == input.name;
    return track.module == input.path || track.module == input.module || input.path.starts_with(track.module + "/");
}

Event set_event(Console& console, const Resolved& input) {
    return {.kind = EventKind::set, .port = static_cast<std::uint16_t>(input.port), .module = console.roster().index_of(input.path)};
}

std::string with_unit(const PublicPort& port, float value) {
    return print_number(value) + (port.unit.empty() ? "" : " " + port.unit);
}

// What a composite exposes is reached by cables to its own name and to the part's.
bool leads_to(const Cable& cable, const Resolved& input) {
    const std::string port = input.info().name;
    return (cable.to.module == input.path && cable.to.port == port) ||
           (cable.to.module == input.module && cable.to.port == input.name);
}

}  // namespace

std::string touched_by(Console& console, const Touch* touch) {
    if (!touch) return "";
    const Timeline& timeline = console.telemetry().timeline;
    return fmt::format(" by {} at {}{}", console.touches().name(touch->who), touch->frame,
                       timeline.running && touch->frame >= timeline.frame ? " " + print_position(touch->frame, timeline) : "");
}

bool may_be_driven(const Request& request, const Resolved& input) {
    for (const auto& [name, track] : request.studio.tracks)
        if (plays(track, input)) return true;
    const auto pitch = input.type->pitch();
    return pitch == input.port || request.console.ramp_on(set_event(request.console, input));
}

Words describe_drivers(Console& console, const Resolved& input, const std::optional<Report>& reading) {
    Words words;
    const PublicPort& port = input.info();
    const Event key = set_event(console, input);
    const auto say = [&](std::string text) { words.push_back(std::move(text)); };
    const Standing standing = reading ? std::bit_cast<Standing>(reading->pointer) : Standing{};
    const bool driven = reading && (reading->module & 1), on_ramp = reading && (reading->module & 2);
    if (driven || on_ramp) say("now " + with_unit(port, standing.value));
    const Span* ramp = console.ramp_on(key);
    if (on_ramp && ramp) {
        const Span left{ramp->in_beats, static_cast<std::int64_t>(static_cast<double>(ramp->length) * static_cast<double>(standing.left))};
        say(fmt::format("on a ramp, {} to go", print_span(left, console.telemetry().timeline)));
    }
    bool by_track = false;
    for (const auto& [name, track] : console.studio().tracks)
        if (driven && plays(track, input)) {
            by_track = true;
            say(fmt::format("driven by track {}{}", name, touched_by(console, console.touches().find("track " + name))));
        }
    if (driven && !by_track) say("driven by a note");
    for (const Cable& cable : console.studio().cables)
        if (leads_to(cable, input)) {
            const std::string ends = print_port_name(cable.from) + " > " + print_port_name(cable.to);
            const bool octaves = cable.unit == CableUnit::natural && port.curve == CHRONUS_EXPONENTIAL;
            const std::string unit = octaves ? " octaves" : port.unit.empty() ? "" : " " + port.unit;
            say(fmt::format("moved by {} {}{}{}", print_port_name(cable.from), print_number(cable.gain), unit,
                            touched_by(console, console.touches().find("cable " + ends))));
        }
    if (const Touch* touch = console.touches().find(key)) say("set" + touched_by(console, touch));
    return words;
}

}  // namespace chronus
