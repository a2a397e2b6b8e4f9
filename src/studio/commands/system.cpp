// Commands about the instrument itself.
#include <fmt/format.h>

#include <algorithm>

#include "host/module_path.h"
#include "studio/console.h"
#include "studio/follow.h"
#include "studio/line.h"
#include "studio/names.h"
#include "studio/request.h"
#include "studio/schema.h"
#include "text/message_text.h"

namespace chronus {
namespace {

void add(Words& words, const char* name, Argument value) {
    words.push_back(std::string(name));
    words.push_back(std::move(value));
}

// The load below which a part of all blocks stayed, in per cent of a block's time.
float load_at(const Counters& counters, double part) {
    std::uint64_t all = 0, below = 0;
    for (const auto& bin : counters.load) all += bin.load(std::memory_order_relaxed);
    for (std::size_t bin = 0; bin < counters.load.size(); ++bin) {
        below += counters.load[bin].load(std::memory_order_relaxed);
        if (all > 0 && static_cast<double>(below) >= part * static_cast<double>(all))
            return static_cast<float>(bin + 1) / 1.28f;
    }
    return 0;
}

Result<Words> status(Request& request) {
    Console& console = request.console;
    const Telemetry& now = request.telemetry();
    const Counters& counters = console.mail().counters;
    Words words;
    add(words, "frame", now.frame);
    add(words, "rate", static_cast<std::int32_t>(console.rate()));
    add(words, "blocks", static_cast<std::int64_t>(now.blocks));
    add(words, "playing", now.timeline.running);
    add(words, "bpm", now.timeline.tempo / 1000.0f);
    add(words, "modules", static_cast<std::int32_t>(request.studio.modules.size()));
    add(words, "tracks", static_cast<std::int32_t>(request.studio.tracks.size()));
    add(words, "peak", std::max(now.peak_left, now.peak_right));
    add(words, "limiting_db", now.reduction);
    add(words, "load_p50_percent", load_at(counters, 0.5));
    add(words, "load_p99_percent", load_at(counters, 0.99));
    add(words, "messages_sent", static_cast<std::int64_t>(console.mail().sent()));
    add(words, "messages_taken", static_cast<std::int64_t>(now.taken));
    add(words, "messages_applied", static_cast<std::int64_t>(now.applied));
    add(words, "messages_stale", static_cast<std::int64_t>(now.stale));
    add(words, "messages_waiting", static_cast<std::int32_t>(now.waiting));
    add(words, "queue", static_cast<std::int64_t>(Mailbox::kDown - console.mail().room()));
    add(words, "faults", static_cast<std::int64_t>(now.faults));
    if (console.device_status) console.device_status(words);
    return words;
}

// What it runs on: for whoever looks for what is wrong.
Result<Words> about(Request& request) {
    Words words;
    if (request.console.about) request.console.about(words);
    std::string path;
    for (const auto& folder : module_path()) path += (path.empty() ? "" : ":") + folder.string();
    add(words, "module_path", path);
    add(words, "types", static_cast<std::int32_t>(request.types().all().size()));
    for (const auto& problems : {request.console.library().problems(), request.types().problems()})
        for (const Refusal& problem : problems) add(words, "left_out", problem.reason);
    return words;
}

// What each module type costs, in parts of a thousand of all that is measured.
Result<Words> cost(Request& request) {
    const Counters& counters = request.console.mail().counters;
    const auto& slots = request.console.roster().type_slots();
    std::uint64_t all = 0;
    for (std::size_t slot = 0; slot < slots.size(); ++slot) all += counters.type_cycles[slot].load(std::memory_order_relaxed);
    Words words;
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        const auto part = static_cast<double>(counters.type_cycles[slot].load(std::memory_order_relaxed));
        add(words, slots[slot].c_str(), all == 0 ? 0.0f : static_cast<float>(100.0 * part / static_cast<double>(all)));
    }
    return words;
}

Result<Words> list(Request& request) {
    Words words;
    for (const auto& [id, module] : request.studio.modules) words.push_back(id + " " + module.type);
    return words;
}

Result<Words> types(Request& request) {
    Words words;
    for (const auto& [name, type] : request.types().all()) words.push_back(name + ": " + type.summary);
    return words;
}

Words help_of(const Type& type) {
    const auto also = [](const std::vector<std::string>& names) { return names.empty() ? "" : fmt::format(" (also {})", fmt::join(names, ", ")); };
    Words words{type.name + ": " + type.summary + also(type.aliases)};
    for (const PublicPort& port : type.inputs)
        words.push_back(port.shelf() ? fmt::format("{}: the name of a {}: {}{}", port.name, port.meaning == CHRONUS_SOUND ? "sound" : "wavetable", port.doc, also(port.aliases))
            : port.is_parameter()
            ? fmt::format("{} {} .. {} ({}) {}{}: {}{}", port.name, port.minimum, port.maximum, port.initial, port.unit,
                          port.choices.empty() ? "" : fmt::format("{}", fmt::join(port.choices, "|")), port.doc, also(port.aliases))
            : fmt::format("{}: {}{}", port.name, port.doc, also(port.aliases)));
    for (const PublicPort& port : type.outputs) words.push_back(fmt::format("> {}: {}", port.name, port.doc));
    if (type.poly > 1) words.push_back(fmt::format("plays {} notes at once, if poly= says nothing else", type.poly));
    std::vector<std::string> presets;
    for (const auto& [name, preset] : type.presets) presets.push_back(name);
    if (!presets.empty()) words.push_back(fmt::format("presets: {}", fmt::join(presets, ", ")));
    return words;
}

Result<Words> help(Request& request) {
    if (request.count() == 0) {
        Words words;
        for (const std::string& address : command_addresses()) words.push_back(address);
        return words;
    }
    std::string topic = request.rest(0);
    const std::vector<LineForm> forms = line_forms();
    const auto form = std::find_if(forms.begin(), forms.end(), [&](const LineForm& one) { return one.verb == topic; });
    const auto form_words = [&] {
        return Words{std::string(form->verb), usage(form->takes), std::string(form->help), std::string(form->example)};
    };
    const Type* type = type_at(request.studio, request.types(), topic);
    if (type || (type = request.types().find(topic))) {
        Words words = help_of(*type);
        if (form != forms.end())  // gate is a module and a line
            for (Argument& word : form_words()) words.push_back(std::move(word));
        return words;
    }
    if (!topic.starts_with('/')) topic = "/" + topic;
    for (const Topic& known : command_topics()) {
        if (topic != "/" + std::string(known.name)) continue;
        Words words;
        for (const Command& command : known.commands)
            words.push_back(fmt::format("{} {}: {}", command.address, usage(command), command.help));
        return words;
    }
    const Command* command = find_command(topic);
    if (!command && form != forms.end()) return form_words();
    if (!command) return request.refuse("unknown", fmt::format("there is no command {}{}", topic, did_you_mean(topic, command_addresses())));
    return Words{std::string(command->address), usage(*command), std::string(command->help), std::string(command->example)};
}

Result<Words> schema(Request& request) {
    const std::string what = request.text(0);
    if (what.empty()) return Words{schema_overview(request.types())};
    if (what == "commands") return Words{schema_json()};
    if (what == "all") return Words{schema_json(request.types())};
    if (const Type* type = type_at(request.studio, request.types(), what)) return Words{schema_json(*type)};
    if (const Type* type = request.types().find(what)) return Words{schema_json(*type)};
    return request.refuse("unknown", fmt::format("there is no type {}{}", what, did_you_mean(what, request.types().names())));
}

// Whoever answers waits until all mail before it has been taken.
Result<Words> sync(Request& request) {
    request.effects.waits = true;
    return Words{};
}

Result<Words> quit(Request& request) {
    request.effects.quit = true;
    return Words{std::string("goodbye")};
}

Result<Words> engine_stop(Request& request) {
    request.send({.kind = EventKind::panic, .frame = request.at});
    end_fills(request);
    return Words{std::string("silence")};
}

// The beginning of every log: what is needed to play it again from nothing.
Result<Words> session_start(Request& request) {
    const double rate = request.number(0), seed = request.number(1);
    if (rate != request.console.rate())
        return Refusal{"rate", fmt::format("the log was made at {} Hz, this instrument runs at {}", rate, request.console.rate()),
                       fmt::format("chronusd --rate {}", rate)};
    Studio empty;
    empty.births = request.studio.births;
    empty.seed = static_cast<std::uint64_t>(seed);
    for (const auto& [name, track] : request.studio.tracks) request.remove_track(track);
    request.studio = empty;
    request.effects.rack = request.effects.removes = true;
    request.effects.past = Past::begins;
    return Words{static_cast<std::int64_t>(empty.seed)};
}

// Where the session ended, so that a render of its log does too.
Result<Words> session_end(Request& request) {
    request.effects.noted = true;
    return Words{};
}

// The transport runs on where it was: as a session begins that is resumed.
Result<Words> session_continue(Request& request) {
    Event event{.kind = EventKind::go_on, .frame = request.at};
    const Argument& beats = request.message.arguments[0];
    event.carry(std::holds_alternative<std::int64_t>(beats) ? std::get<std::int64_t>(beats) : static_cast<std::int64_t>(number_of(beats).value_or(0)));
    request.send(event);
    return Words{std::string("playing")};
}

constexpr Command kCommands[] = {
    {"/do", {takes::many("line")}, "Carries one line of text: set bass.cutoff 800.", "/do \"set voice1.freq 220\"", Effect::none, over_the_wire},
    {"/req", {takes::text("id"), takes::text("address"), takes::many("argument").or_else("")},
     "The same message with an id, which comes back with its answer.", "/req 7 /status", Effect::none, over_the_wire},
    {"/quiet", {takes::on_off("state").or_else("on")},
     "Sets, gates and notes are counted from here on; off answers the counts. First in a bundle: for the bundle.", "/quiet",
     Effect::none, over_the_wire},
    {"/notify", {takes::text("port, here or off"), takes::many("answers, beat, bar, transport, xrun, clip, silence, fault, module, track, client, record, viz or all").or_else("")},
     "Sends what others are answered, and events, to a port of this machine or to whoever asks; alone all but each beat.",
     "/notify 5007 bar fault", Effect::none, over_the_wire},
    {"/lease", {takes::number("time", 0, 86400, "s")},
     "If nothing is heard of this client for so long, the tracks that it put there are taken away; 0 ends it.", "/lease 30",
     Effect::none, over_the_wire},
    {"/status", {}, "The state of the engine, as names and values.", "/status", Effect::none, status},
    {"/about", {}, "What the daemon runs on: version, process, sockets, module path, files that were left out.", "/about", Effect::none,
     about},
    {"/cost", {}, "What each module type costs, in per cent.", "/cost", Effect::none, cost},
    {"/list", {}, "The modules on the rack and their types.", "/list", Effect::none, list},
    {"/types", {}, "The module types there are.", "/types", Effect::none, types},
    {"/help", {takes::many("command, topic, module or type").or_else("")}, "What there is; what one thing does.", "/help /seq/add", Effect::none, help},
    {"/schema", {takes::text("commands, all, a type or a module").or_else("")},
     "All commands and types: in short, or as JSON.", "/schema kick", Effect::none, schema},
    {"/sync", {}, "Answers when all before it has been taken by the audio thread.", "/sync", Effect::sound, sync},
    {"/quit", {}, "Fades out and ends the daemon.", "/quit", Effect::sound, quit},
    {"/engine/start", {takes::on_off("state").or_else("on")}, "The engine runs from the start; answers its state.", "/engine/start 1", Effect::none, status},
    {"/engine/stop", {}, "Ends everything that sounds.", "/engine/stop", Effect::sound, engine_stop},
    {"/engine/status", {}, "The state of the engine.", "/engine/status", Effect::none, status},
    {"/engine/list", {}, "The modules on the rack and their types.", "/engine/list", Effect::none, list},
    {"/session/start", {takes::number("rate", 1, 1e9, "Hz"), takes::whole("seed", 0, 9007199254740992.0)},
     "An empty studio, as a log begins.", "/session/start 48000 1", Effect::rack, session_start},
    {"/session/continue", {takes::any("beats")},
     "The transport runs as if it had all along; frame 0 lies at so many beats, counted as a log does.", "/session/continue 0", Effect::sound, session_continue},
    {"/session/end", {}, "Where a log ends.", "/session/end", Effect::sound, session_end},
};

}  // namespace

std::span<const Command> system_commands() { return kCommands; }

}  // namespace chronus
