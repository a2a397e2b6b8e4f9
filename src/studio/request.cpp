#include "studio/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "studio/chain.h"
#include "studio/console.h"
#include "text/message_text.h"
#include "text/numbers.h"

namespace chronus {

void Effects::add(const Effects& other) {
    rack |= other.rack;
    removes |= other.removes;
    quit |= other.quit;
    noted |= other.noted;
    waits |= other.waits;
    events.insert(events.end(), other.events.begin(), other.events.end());
}

std::string Request::tail() const {
    return command.address.ends_with("/*") ? message.address.substr(command.address.size() - 1) : "";
}

Refusal Request::refuse(std::string code, std::string reason) const {
    return {std::move(code), std::move(reason), std::string(command.example)};
}

Result<std::string> Request::text(std::size_t index, const char* what) const {
    if (index >= count()) return refuse("missing", fmt::format("{} is missing: {} {}", what, command.address, command.arguments));
    if (auto text = text_of(message.arguments[index])) return *text;
    return refuse("type", fmt::format("{} should be text, not {}", what, types_of(message).at(index)));
}

Result<double> Request::number(std::size_t index, const char* what, double low, double high) {
    if (index >= count()) return refuse("missing", fmt::format("{} is missing: {} {}", what, command.address, command.arguments));
    const auto value = number_of(message.arguments[index]);
    if (!value) return refuse("type", fmt::format("{} should be a number, not {}", what, text_of(message.arguments[index]).value_or("nothing")));
    if (!std::isfinite(*value)) return refuse("range", fmt::format("{} is not a finite number", what));
    const double inside = std::clamp(*value, low, high);
    if (inside != *value)
        notes.push_back(fmt::format("{} {} clamped to {}", what, print_number(*value), print_number(inside)));
    return inside;
}

Result<bool> Request::on_off(std::size_t index, const char* what) const {
    if (index >= count()) return true;
    if (const auto value = number_of(message.arguments[index])) return *value > 0;
    const auto text = text_of(message.arguments[index]);
    if (text == "on") return true;
    if (text == "off") return false;
    return refuse("type", fmt::format("{} is on or off", what));
}

std::string Request::rest(std::size_t index) const {
    std::string all;
    for (; index < count(); ++index) {
        if (!all.empty()) all += ' ';
        all += text_of(message.arguments[index]).value_or("");
    }
    return all;
}

float Request::clamped(const PublicPort& port, float value) {
    const float inside = std::clamp(value, port.minimum, port.maximum);
    if (inside != value)
        notes.push_back(fmt::format("{} {} clamped to {}{}", port.name, print_number(value), print_number(inside),
                                    port.unit.empty() ? "" : " " + port.unit));
    return inside;
}

Result<float> Request::value_for(const PublicPort& port, const Argument& argument) {
    if (const auto number = number_of(argument); number && (port.choices.empty() || !std::holds_alternative<std::string>(argument))) {
        const float value = static_cast<float>(*number);
        if (!std::isfinite(value)) return refuse("range", fmt::format("{} wants a finite number", port.name));
        return clamped(port, port.choices.empty() ? value : std::round(value));
    }
    const auto text = text_of(argument);
    if (!text) return refuse("type", fmt::format("{} wants a number", port.name));
    auto value = read_base(port, *text);
    if (!value) {
        Refusal refusal = value.refusal();
        refusal.example = std::string(command.example);
        return refusal;
    }
    return clamped(port, *value);
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
    send(event(EventKind::set, input, value));
}

}  // namespace chronus
