#include "studio/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "studio/solos.h"
#include "studio/values.h"
#include "studio/console.h"
#include "studio/score.h"
#include "text/message_text.h"
#include "text/numbers.h"

namespace chronus {

void Effects::add(const Effects& other) {
    rack |= other.rack;
    removes |= other.removes;
    quit |= other.quit;
    noted |= other.noted;
    by_tracks |= other.by_tracks;
    waits |= other.waits;
    held.insert(held.end(), other.held.begin(), other.held.end());
    touched.insert(touched.end(), other.touched.begin(), other.touched.end());
    events.insert(events.end(), other.events.begin(), other.events.end());
}

std::string Request::tail() const {
    return command.address.ends_with("/*") ? message.address.substr(command.address.size() - 1) : "";
}

void Request::send_transport() {
    send({.kind = EventKind::tempo, .module = static_cast<std::uint32_t>(studio.tempo), .frame = at});
    send({.kind = EventKind::swing, .port = static_cast<std::uint16_t>(studio.swing_grid / 4), .value = studio.swing, .frame = at});
    send({.kind = EventKind::signature, .port = static_cast<std::uint16_t>(studio.signature.unit),
          .module = static_cast<std::uint32_t>(studio.signature.count), .frame = at});
    send({.kind = EventKind::limiter, .value = studio.limiter ? 1.0f : 0.0f, .frame = at});
}

void Request::follow_solo(const std::set<std::string>& heard_before, const std::string& sent) {
    for (const auto& [name, track] : studio.tracks) {
        if (name == sent || is_heard(studio, track) == heard_before.contains(name)) continue;
        if (auto score = compile_track(studio, types(), name, track, console.roster(), {From::now, 0}))
            send({.kind = EventKind::track, .frame = at, .pointer = score->release()});
    }
}

Refusal Request::refuse(std::string code, std::string reason) const {
    return {std::move(code), std::move(reason), std::string(command.example)};
}

std::string Request::text(std::size_t index) const {
    if (index >= count()) return std::string(command.takes[index].initial);
    return text_of(message.arguments[index]).value_or("");
}

double Request::number(std::size_t index) {
    const Takes& takes = command.takes[index];
    const auto given = index < count() ? number_of(message.arguments[index]) : read_number(takes.initial);
    return clamped(takes.name, given.value_or(0), takes.low, takes.high);
}

double Request::clamped(std::string_view name, double value, double low, double high) {
    const double inside = std::clamp(value, low, high);
    // What a float could not tell apart was not out of range.
    if (static_cast<float>(inside) != static_cast<float>(value)) {
        notes.push_back(fmt::format("{} {} clamped to {}", name, print_number(value), print_number(inside)));
        clamped_any = true;
    }
    return inside;
}

bool Request::on_off(std::size_t index) const { return says_on(message, index, command.takes[index].initial == "on"); }

std::string Request::rest(std::size_t index) const {
    if (index >= count() && index < command.takes.size()) return std::string(command.takes[index].initial);
    std::string all;
    for (; index < count(); ++index) {
        if (!all.empty()) all += ' ';
        all += text_of(message.arguments[index]).value_or("");
    }
    return all;
}

float Request::clamped(const PublicPort& port, float value) {
    const float inside = std::clamp(value, port.minimum, port.maximum);
    if (inside != value) {
        notes.push_back(fmt::format("{} {} clamped to {}{}", port.name, print_number(value), print_number(inside),
                                    port.unit.empty() ? "" : " " + port.unit));
        clamped_any = true;
    }
    return inside;
}

Result<float> Request::value_for(const PublicPort& port, const Argument& argument) {
    if (port.shelf()) return sound_for(port, argument);
    if (const auto number = number_of(argument); number && !std::holds_alternative<std::string>(argument)) {
        const float value = static_cast<float>(*number);
        if (!std::isfinite(value)) return refuse("range", fmt::format("{} wants a finite number", port.name));
        return clamped(port, port.choices.empty() ? value : std::round(value));
    }
    const auto text = text_of(argument);
    if (!text) return refuse("type", fmt::format("{} wants a number", port.name));
    auto value = read_base(port, *text, types().sounds());
    if (!value) {
        Refusal refusal = value.refusal();
        refusal.example = std::string(command.example);
        return refusal;
    }
    return clamped(port, *value);
}

// Places are of this process alone, and a log may be played by another: names only.
Result<float> Request::sound_for(const PublicPort& port, const Argument& argument) {
    const auto name = text_of(argument);
    if (!name || name->empty()) return refuse("type", fmt::format("{} wants the name of a sound", port.name));
    const auto place = read_base(port, *name, types().sounds());
    if (!place) return place.refusal();
    const auto read = types().sounds().load(static_cast<std::uint32_t>(*place));
    if (!read) return read.refusal();
    return *place;
}

const Types& Request::types() const { return console.types(); }
const Telemetry& Request::telemetry() { return console.telemetry(); }

Event Request::event(EventKind kind, const Resolved& input, float value) const {
    Event event{.kind = kind, .value = value, .frame = at};
    event.port = static_cast<std::uint16_t>(input.port);
    event.module = console.roster().index_of(input.path);
    event.generation = static_cast<std::uint32_t>(studio.modules.at(input.module).birth);
    return event;
}

void Request::set(const Resolved& input, float value) {
    studio.modules.edit(input.module).bases[input.name] = value;
    if (input.info().shelf()) static_cast<void>(types().sounds().load(static_cast<std::uint32_t>(value)));
    send(event(EventKind::set, input, value));
    if (input.type->pitch() == input.port) let_go(input);
    if (input.info().name == "solo") follow_strip_solos(*this);
}

void Request::let_go(const Resolved& input) {
    effects.by_tracks = true;
    for (const auto& [name, track] : studio.tracks)
        if (track.module == input.path || track.module.starts_with(input.path + "/")) return;
    send(event(EventKind::let_go, input, 0));
}

}  // namespace chronus
