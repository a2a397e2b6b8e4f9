#include "studio/console.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "handoff/track_score.h"
#include "studio/addresses.h"
#include "studio/line.h"
#include "studio/names.h"
#include "studio/presets.h"
#include "studio/solos.h"
#include "text/caret.h"
#include "text/message_text.h"
#include "text/wildcard.h"

namespace chronus {
namespace {

// The most that one command sends: /clear with all tracks there can be, twice over.
constexpr std::size_t kMostOfOne = 1024;
constexpr std::size_t kInputsKnown = 4096;
constexpr std::size_t kMostMatches = 1024;  // of one pattern
constexpr std::int32_t kMatchesTold = 16;

// Who said it and what came of it, behind the first line; behind the others who it was.
std::vector<SessionLog::Line> with_comment(const std::vector<Message>& logged, const Message& said, const std::string& who, const Words& words) {
    constexpr std::size_t kMost = 160;
    std::vector<SessionLog::Line> lines;
    for (const Message& message : logged) {
        SessionLog::Line line{message, who};
        if (lines.empty()) {
            line.comment += ":";
            if (message.address != said.address) line.comment += " " + said.address + ":";
            for (std::size_t i = 0; i < words.size() && line.comment.size() < kMost; ++i) line.comment += " " + text_of(words[i]).value_or("");
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

// It leaves the studio as it is: there is nothing to undo.
bool is_played(const Command& command) { return command.address == "/gate/*" || command.address == "/note/*"; }

// Text that says nan is for whoever reads it to refuse.
bool is_finite(const Message& message) {
    return std::all_of(message.arguments.begin(), message.arguments.end(), [](const Argument& argument) {
        return std::holds_alternative<std::string>(argument) || std::isfinite(number_of(argument).value_or(0));
    });
}

}  // namespace

Console::Console(const Library& library, Mailbox& mail, int rate)
    : library_(library), types_(library), mail_(mail), rate_(rate), roster_(rate), journal_(rate) {
    types_.sounds().publish_to(mail_.sounds);
}

Console::~Console() {
    // The audio thread has stopped: what is still in the queues is freed here.
    Event event;
    while (mail_.take(event)) {
        if (event.kind == EventKind::plan) delete static_cast<Plan*>(event.pointer);
        if (event.kind == EventKind::track) delete static_cast<TrackScore*>(event.pointer);
    }
    poll();
}

void Console::keep_presets_in(const std::filesystem::path& folder) {
    if (folder.empty()) return;
    presets_ = PatchFolder(folder);
    for (const std::string& type : presets_->list())
        if (const auto text = presets_->read(type)) types_.read_presets(type, (folder / (type + ".chr")).string(), *text);
}

Result<Done> Console::save_preset(const Type& type, const Preset& preset) {
    if (!presets_) return Refusal{"file", "there is no folder for presets: neither XDG_DATA_HOME nor HOME is set", "presets kick"};
    const auto before = presets_->has(type.name) ? presets_->read(type.name) : Result<std::string>(std::string());
    if (!before) return before.refusal();
    const auto written = presets_->write(type.name, with_preset(*before, preset.name, print_preset(type, types_, preset)));
    if (written) types_.add_preset(type.name, preset);
    return written;
}

Outcome Console::take(const Message& message, std::int64_t at) {
    const Command* command = find_command(message.address);
    if (!command) {
        // Of /mode/bass/freq, only /mode can be what was meant for a command.
        std::string wrong = message.address;
        const std::vector<std::string> known = command_addresses();
        if (did_you_mean(wrong, known).empty()) wrong = wrong.substr(0, wrong.find('/', 1)) + "/*";
        return Outcome::refused({"unknown", "there is no command " + message.address + did_you_mean(wrong, known), "/status"});
    }
    const bool many = command->address.ends_with("/*") && has_wildcard(message.address);
    Outcome outcome = many ? take_all(*command, message, at) : take(*command, message, at);
    outcome.effect = command->effect;
    return outcome;
}

Outcome Console::take(const Command& command, const Message& message, std::int64_t at) {
    if (!is_finite(message)) return Outcome::refused({"range", "NaN and infinity are no values", std::string(command.example)});
    if (const auto fault = misfit(command, message)) return Outcome::refused(*fault);
    if (command.effect != Effect::none && !wait_for_room(batched_.events.size() + kMostOfOne))
        return Outcome::refused({"busy", "the audio thread does not keep up; nothing was changed", message.address});
    // What is for another frame must not find its way into a plan for this one.
    if (batching_ && command.effect != Effect::none && at != batched_at_) flush_batch();
    const Journal::Deed deed{speaker_, std::max(at, telemetry().frame), message, command.address == "/mod/*"};
    if (command.effect != Effect::none && !is_played(command)) journal_.prepare(studio_, deed);
    std::optional<Studio> draft;
    if (command.effect == Effect::rack) draft = studio_;
    Studio& studio = draft ? *draft : studio_;
    Request request(message, command, studio, *this, at);
    if (const std::size_t ignored = beyond(command, message))
        request.notes.push_back(fmt::format("the last {} of {} arguments ignored", ignored, message.arguments.size()));
    Result<Words> words = command.handle(request);
    if (!words) return Outcome::refused(words.refusal());
    if (request.effects.rack) follow_strip_solos(request);
    for (const std::string& note : request.notes) words->push_back(note);
    if (!request.effects.any()) {
        Outcome outcome{.done = true, .words = std::move(*words), .mail = request.effects.waits ? mail_.sent() : 0,
                        .batched = request.effects.waits && batching_, .listening = std::move(request.effects.listening),
                        .vetting = std::move(request.effects.vetting)};
        if (request.effects.reading) ask_audio(request.effects, outcome);
        return outcome;
    }

    at = floors_.least(request.effects, at);
    // Plans go ahead of events: what was sent to modules that now go, or for another frame, goes before.
    if (batching_ && (request.effects.removes || at != batched_at_)) flush_batch();
    if (draft) {
        std::swap(studio_, *draft);
        known_inputs_.clear();
    }
    remember(request.effects, at);
    if (!is_played(command)) write_down(request.effects, deed);
    if (draft || std::any_of(request.effects.events.begin(), request.effects.events.end(), is_track)) ++version_;
    std::vector<Message> logged = std::move(request.log_as);
    if (logged.empty() && request.effects.past != Past::moved) logged.push_back(message);
    Outcome outcome;
    outcome.done = outcome.changed = true;
    outcome.clamped = request.clamped_any;
    outcome.words = std::move(*words);
    outcome.at = at;
    std::vector<SessionLog::Line> lines = log_ ? with_comment(logged, message, touches_.name(speaker_), outcome.words) : std::vector<SessionLog::Line>();
    if (ahead_)
        for (const Message& one : logged) ahead_->add(one, telemetry().frame);
    if (batching_) {
        batched_.add(request.effects);
        batched_at_ = at;
        outcome.batched = true;
        if (log_) std::move(lines.begin(), lines.end(), std::back_inserter(batched_log_));
        return outcome;
    }
    outcome.mail = commit(request.effects, at);
    if (ahead_) ahead_->flush();
    for (SessionLog::Line& line : lines) log_->add(std::move(line), at, outcome.mail, request.effects.rack);
    return outcome;
}

// Each of the addresses that a pattern stands for, as one batch. Some may refuse what others take.
Outcome Console::take_all(const Command& command, const Message& message, std::int64_t at) {
    const std::string prefix(command.address.substr(0, command.address.size() - 1));
    const auto tails = addresses_like(studio_, types_, message.address.substr(prefix.size()));
    if (tails.empty())
        return Outcome::refused({"unknown", fmt::format("nothing on the rack is called {}", message.address), std::string(command.example)});
    if (tails.size() > kMostMatches)
        return Outcome::refused({"range", fmt::format("{} stands for {} addresses; {} are the most", message.address, tails.size(), kMostMatches),
                                 std::string(command.example)});
    const Journal::Act act(journal_);
    const bool own_batch = !batching_;
    if (own_batch) begin_batch();
    Outcome all;
    all.at = at;
    std::int32_t taken = 0, refused = 0;
    Words each;
    std::optional<Outcome> first_refusal;
    for (const std::string& tail : tails) {
        Outcome one = take(command, {prefix + tail, message.arguments}, at);
        if (!one.done) {
            if (refused++ == 0) first_refusal = std::move(one);
            continue;
        }
        if (taken++ < kMatchesTold) each.push_back(print_message({tail, one.words}));
        all.join(one);
    }
    if (own_batch) all.mail = std::max(all.mail, end_batch());
    if (taken == 0) return *first_refusal;
    all.done = true;
    all.batched &= !own_batch;
    all.words = {taken};
    all.words.insert(all.words.end(), each.begin(), each.end());
    if (taken > kMatchesTold) all.words.push_back(fmt::format("and {} more", taken - kMatchesTold));
    if (refused > 0) all.words.push_back(fmt::format("refused by {}: {}", refused, text_of(first_refusal->words[1]).value_or("")));
    return all;
}

// For whoever wants to go back.
void Console::write_down(const Effects& effects, const Journal::Deed& deed) {
    switch (effects.past) {
        case Past::begins: return journal_.begin(studio_);
        case Past::moved: return journal_.follow(studio_);
        case Past::step: break;
    }
    const Timeline& line = telemetry().timeline;
    journal_.add(studio_, deed, line.running && deed.frame >= line.frame ? print_position(deed.frame, line) : "");
}

// For whoever asks later.
void Console::remember(const Effects& effects, std::int64_t at) {
    const Touch touch{speaker_, std::max(at, telemetry().frame)};
    for (const Event& event : effects.events) {
        touches_.note(event, touch);
        if (event.kind == EventKind::play || event.kind == EventKind::go_on) plays_ = true;
        if (event.kind == EventKind::stop || event.kind == EventKind::panic) plays_ = false;
        if (!ramps_.empty() && event.kind == EventKind::set) ramps_.erase(value_of(event));
    }
    for (const std::string& name : effects.touched) touches_.note(name, touch);
    if (effects.ramp) ramps_[value_of(effects.ramp->first)] = effects.ramp->second;
}

const Span* Console::ramp_on(const Event& set) const {
    const auto found = ramps_.find(value_of(set));
    return found == ramps_.end() ? nullptr : &found->second;
}

Result<Resolved> Console::input(const std::string& tail) {
    if (const auto known = known_inputs_.find(tail); known != known_inputs_.end()) return known->second;
    auto found = resolve_input(studio_, types_, tail);
    if (known_inputs_.size() >= kInputsKnown) known_inputs_.clear();
    if (found) known_inputs_.emplace(tail, *found);
    return found;
}

Outcome Console::take_line(std::string_view line, std::int64_t at) {
    const auto messages = read_line(line);
    if (!messages) {
        Refusal refusal = messages.refusal();
        refusal.reason = point_at_fault(refusal.code, refusal.reason, line);
        return Outcome::refused(refusal);
    }
    Outcome all;
    all.done = true;
    all.at = at;
    const Journal::Act act(journal_);
    const bool own_batch = !batching_ && messages->size() > 1;
    if (own_batch) begin_batch();
    for (const Message& message : *messages) {
        Outcome one = take(message, at);
        if (!one.done) {
            if (own_batch) end_batch();
            if (auto* reason = std::get_if<std::string>(&one.words.at(1)))
                *reason = point_at_fault(text_of(one.words.at(0)).value_or(""), *reason, line);
            return one;
        }
        all.words.insert(all.words.end(), one.words.begin(), one.words.end());
        all.join(one);
        if (one.finish) all.finish = std::move(one.finish);
        if (one.listening) all.listening = std::move(one.listening);
        if (one.vetting) all.vetting = std::move(one.vetting);
    }
    if (own_batch) {
        all.mail = end_batch();
        all.batched = false;
    }
    return all;
}

Outcome Console::obey(const Message& message, std::int64_t at) {
    if (message.address != "/do") return take(message, at);
    std::string line;
    for (const Argument& word : message.arguments)
        line += (line.empty() ? "" : " ") + text_of(word).value_or("");
    return take_line(line, at);
}

}  // namespace chronus
