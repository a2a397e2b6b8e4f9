// Commands that play: parameters, gates, notes.
#include <fmt/format.h>

#include <bit>

#include "pattern/notes.h"
#include "studio/console.h"
#include "studio/drivers.h"
#include "studio/follow.h"
#include "studio/request.h"
#include "studio/values.h"
#include "text/message_text.h"

namespace chronus {
namespace {

float base_of(const Request& request, const Resolved& input) {
    const auto& bases = request.studio.modules.at(input.module).bases;
    const auto base = bases.find(input.name);
    return base == bases.end() ? input.info().initial : base->second;
}

Words answer(const Request& request, const Resolved& input, float value) {
    Words words;
    if (input.info().has_names()) words.emplace_back(value_word(input.info(), value, request.types().sounds()));
    else words.emplace_back(value);
    if (!input.info().unit.empty()) words.push_back(input.info().unit);
    return words;
}

// The base; then what moves it, once it is known how it stands.
Words ask(Request& request, const Resolved& input) {
    Words words = answer(request, input, base_of(request, input));
    if (may_be_driven(request, input)) {
        request.effects.reading = request.event(EventKind::read, input, 0);
        request.effects.read = [&console = request.console, input](Words& words, const std::optional<Report>& reading) {
            for (Argument& word : describe_drivers(console, input, reading)) words.push_back(std::move(word));
        };
    } else {
        for (Argument& word : describe_drivers(request.console, input, std::nullopt)) words.push_back(std::move(word));
    }
    return words;
}

Result<Words> parameter(Request& request) {
    const auto input = request.console.input(request.tail());
    if (!input) return input.refusal();
    if (!input->info().is_parameter())
        return Refusal{"type", fmt::format("{} is a gate", request.tail()), fmt::format("/gate/{} 1", input->module)};
    if (request.count() == 0) return ask(request, *input);
    const auto value = request.value_for(input->info(), request.message.arguments[0]);
    if (!value) return value.refusal();
    request.set(*input, *value);
    return answer(request, *input, *value);
}

void forget_held(Request& request, const std::string& path) {
    request.console.held_notes().forget(path);
    request.effects.held.push_back(path);
}

Result<Words> gate(Request& request) {
    const auto input = resolve_gate(request.studio, request.types(), request.tail());
    if (!input) return input.refusal();
    double velocity = 1;
    if (request.count() > 0) {
        // Anything above 0 is on: a velocity up to 1, MIDI's and others' larger numbers as 1.
        const double value = request.number(0);
        velocity = value <= 0 ? 0 : value > 1 ? 1 : value;
    }
    if (const auto pitch = input->type->pitch(); pitch && velocity > 0) {
        Resolved port = *input;
        port.port = *pitch;
        request.let_go(port);
    }
    if (velocity == 0) forget_held(request, input->path);
    request.send(request.event(EventKind::gate, *input, static_cast<float>(velocity)));
    return Words{velocity > 0, static_cast<float>(velocity)};
}

// /note/bass C2 0.8: a pitch and a gate at the same frame; velocity 0 ends.
Result<Words> note(Request& request) {
    const auto input = resolve_gate(request.studio, request.types(), request.tail());
    if (!input) return input.refusal();
    const std::string text = request.text(0);
    double velocity = 1;
    if (request.count() > 1) {
        velocity = request.number(1);
    }
    if (text == "off") {
        forget_held(request, input->path);
        request.send(request.event(EventKind::gate, *input, 0));
        return Words{std::string("off")};
    }
    const auto notes = pattern::parse_notes(text, {.a4 = request.studio.a4});
    if (!notes) return notes.refusal();
    if (notes->notes.size() != 1 || notes->notes[0].hertz == 0 || !notes->notes[0].chord.empty() || notes->notes[0].strokes > 1)
        return request.refuse("syntax", fmt::format("{} is not one note", text));
    const Module& module = request.studio.modules.at(input->module);
    Words words{pattern::describe_notes(*notes, request.studio.a4), static_cast<float>(velocity)};
    const auto pitch = input->type->pitch();
    if (!pitch) {
        request.notes.push_back(fmt::format("{} has no pitch: only its gate is played", input->path));
        request.send(request.event(velocity > 0 ? EventKind::note : EventKind::gate, *input, static_cast<float>(velocity)));
        return words;
    }
    Resolved port = *input;
    port.port = *pitch;
    const float hertz = request.clamped(port.info(), static_cast<float>(notes->notes[0].hertz));
    if (module.poly > 1) {
        Event event = request.event(EventKind::note, *input, static_cast<float>(velocity));
        if (velocity == 0) event.carry(std::bit_cast<std::uint32_t>(hertz));
        request.send(event);
        if (velocity > 0) request.send(request.event(EventKind::note_set, port, hertz));
        return words;
    }
    HeldNotes& held = request.console.held_notes();
    request.effects.held.push_back(input->path);
    if (velocity == 0) {
        const double left = held.release(input->path, module.priority, static_cast<double>(hertz));
        if (left == 0) request.send(request.event(EventKind::gate, *input, 0));
        else request.send(request.event(EventKind::note_set, port, static_cast<float>(left)));
    } else if (held.press(input->path, module.priority, static_cast<double>(hertz))) {
        request.send(request.event(EventKind::note, *input, static_cast<float>(velocity)));
        request.send(request.event(EventKind::note_set, port, hertz));
    } else {
        request.effects.noted = true;  // it waits until the one that is heard is let go
    }
    return words;
}

Result<Words> limiter(Request& request) {
    const bool on = request.on_off(0);
    request.studio.limiter = on;
    request.send({.kind = EventKind::limiter, .value = on ? 1.0f : 0.0f, .frame = request.at});
    return Words{on};
}

Result<Words> panic(Request& request) {
    request.console.held_notes().forget_all();
    request.effects.held.emplace_back();
    request.send({.kind = EventKind::panic, .frame = request.at});
    end_fills(request);
    return Words{"silence"};
}

constexpr Command kCommands[] = {
    {"/mod/*", {takes::any("value").or_else("")}, "Sets a parameter; without a value, answers it.",
     "/mod/voice2/filter/freq 800", Effect::sound, parameter},
    {"/gate/*", {takes::number("velocity", -1e9, 1e9).or_else("1")}, "Opens a module's gate; 0 closes it.",
     "/gate/voice1 1", Effect::sound, gate},
    {"/note/*", {takes::text("note"), takes::number("velocity", 0, 1).or_else("1")},
     "Plays a note: a name, a MIDI number or Hz; velocity 0 ends it, off ends all.", "/note/voice1 C2 0.8", Effect::sound, note},
    {"/limiter", {takes::on_off("state").or_else("on")}, "The true-peak limiter before the device.", "/limiter on",
     Effect::sound, limiter},
    {"/panic", {}, "Ends everything that sounds.", "/panic", Effect::sound, panic},
};

}  // namespace

std::span<const Command> sound_commands() { return kCommands; }

}  // namespace chronus
