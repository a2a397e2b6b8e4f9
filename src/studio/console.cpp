#include "studio/console.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "studio/line.h"
#include "studio/names.h"
#include "handoff/track_score.h"
#include "studio/wiring.h"

namespace chronus {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(50);
// The most that one command sends: /clear with all tracks there can be, twice over.
constexpr std::size_t kMostOfOne = 1024;

}  // namespace

Console::Console(const Library& library, Mailbox& mail, int rate)
    : library_(library), types_(library), mail_(mail), rate_(rate), roster_(rate) {}

Console::~Console() {
    // The audio thread has stopped: what is still in the queues is freed here.
    Event event;
    while (mail_.take(event)) {
        if (event.kind == EventKind::plan) delete static_cast<Plan*>(event.pointer);
        if (event.kind == EventKind::track) delete static_cast<TrackScore*>(event.pointer);
    }
    poll();
}

Outcome Console::refused(const Message&, const Refusal& refusal) const {
    return {.done = false, .words = {refusal.code, refusal.reason, refusal.example}};
}

Outcome Console::take(const Message& message, std::int64_t at) {
    const Command* command = find_command(message.address);
    if (!command) {
        const std::vector<std::string> known = command_addresses();
        return refused(message, {"unknown", "there is no command " + message.address + did_you_mean(message.address, known), "/status"});
    }
    if (command->effect != Effect::none && !wait_for_room(batched_.events.size() + kMostOfOne))
        return refused(message, {"busy", "the audio thread does not keep up; nothing was changed", message.address});
    Studio draft;
    if (command->effect == Effect::rack) draft = studio_;
    Studio& studio = command->effect == Effect::rack ? draft : studio_;
    Request request(message, *command, studio, *this, at);
    Result<Words> words = command->handle(request);
    if (!words) return refused(message, words.refusal());
    if (!request.effects.any())
        return {.done = true, .words = std::move(*words), .mail = request.effects.waits ? mail_.sent() : 0};

    if (command->effect == Effect::rack) std::swap(studio_, draft);
    Outcome outcome;
    outcome.done = true;
    outcome.words = std::move(*words);
    outcome.at = at;
    for (const std::string& note : request.notes) outcome.words.push_back(note);
    if (batching_) {
        // Plans go ahead of events: what was sent to modules that now go, or for another frame, goes before.
        if (request.effects.removes || at != batched_at_) flush_batch();
        batched_.add(request.effects);
        batched_at_ = at;
        outcome.batched = true;
        if (log_) batched_log_.emplace_back(message, at);
        return outcome;
    }
    outcome.mail = commit(request.effects, at);
    outcome.at = effective_at_;
    if (log_) log_->add(message, outcome.at, outcome.mail);
    return outcome;
}

Outcome Console::take_line(std::string_view line, std::int64_t at) {
    const auto messages = read_line(line);
    if (!messages) return refused({}, messages.refusal());
    Outcome all;
    all.done = true;
    all.at = at;
    const bool own_batch = !batching_ && messages->size() > 1;
    if (own_batch) begin_batch();
    for (const Message& message : *messages) {
        Outcome one = take(message, at);
        if (!one.done) {
            if (own_batch) end_batch();
            return one;
        }
        all.words.insert(all.words.end(), one.words.begin(), one.words.end());
        all.mail = std::max(all.mail, one.mail);
        all.batched |= one.batched;
    }
    if (own_batch) {
        all.mail = end_batch();
        all.batched = false;
    }
    return all;
}

void Console::schedule(const Message& message, std::int64_t at, std::function<void(const Outcome&)> done) {
    agenda_.emplace(at, Scheduled{message, std::move(done)});
    take_due();
}

void Console::take_due() {
    const std::int64_t until = telemetry().frame + lead_;
    while (!agenda_.empty() && agenda_.begin()->first <= until) {
        // Taken off first: what it does may schedule more.
        auto due = agenda_.extract(agenda_.begin());
        const Outcome outcome = take(due.mapped().message, due.key());
        if (due.mapped().done) due.mapped().done(outcome);
    }
}

void Console::begin_batch() { batching_ = true; }

std::uint64_t Console::end_batch() {
    flush_batch();
    batching_ = false;
    return mail_.sent();
}

void Console::flush_batch() {
    const Effects effects = std::exchange(batched_, {});
    if (!effects.any()) return;
    const std::uint64_t mail = commit(effects, batched_at_);
    for (const auto& [message, at] : batched_log_)
        if (log_) log_->add(message, std::max(at, effective_at_), mail);
    batched_log_.clear();
}

bool Console::wait_for_room(std::size_t events) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (mail_.room() < events) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

// All of it is taken by the audio thread at one boundary, or none.
std::uint64_t Console::commit(const Effects& effects, std::int64_t at) {
    effective_at_ = at;
    mail_.hold();
    if (effects.rack) send_plan(at);
    for (const Event& event : effects.events) send(event, event.frame);
    mail_.show();
    quitting_ |= effects.quit;
    return mail_.sent();
}

// While a plan waits for its frame, whatever needs it waits as long: nothing overtakes it.
void Console::send(Event event, std::int64_t at) {
    const bool too_early = plan_floor_ >= 0 && at < plan_floor_;
    const bool addresses_module = event.kind == EventKind::set || event.kind == EventKind::gate ||
                                  event.kind == EventKind::note || event.kind == EventKind::note_set;
    const bool needs_plan = event.kind == EventKind::plan || event.kind == EventKind::track ||
                            (addresses_module && event.generation > births_taken_);
    event.frame = too_early && needs_plan ? plan_floor_ : at;
    effective_at_ = std::max(effective_at_, event.frame);
    mail_.send(event);
}

void Console::send_plan(std::int64_t at) {
    std::unique_ptr<Plan> plan = roster_.plan(wire_up(studio_, types_), studio_.seed);
    if (at >= 0 && at > telemetry().frame) plan_floor_ = std::max(plan_floor_, at);
    send({.kind = EventKind::plan, .pointer = plan.release()}, at);
    plan_mail_ = mail_.sent();
    plan_taken_at_ = -1;
}

void Console::poll() {
    Report report;
    while (mail_.receive(report)) {
        switch (report.kind) {
            case ReportKind::taken:
                if (report.number >= plan_mail_ && plan_taken_at_ < 0) plan_taken_at_ = std::max(report.frame, plan_floor_);
                if (log_) log_->taken(report.number, report.frame);
                if (on_taken) on_taken(report.number, report.frame);
                break;
            case ReportKind::plan_retired: delete static_cast<Plan*>(report.pointer); break;
            case ReportKind::track_retired: delete static_cast<TrackScore*>(report.pointer); break;
            case ReportKind::fault:
                if (on_fault) on_fault(roster_.path_of(report.module), report.frame);
                break;
            case ReportKind::faded_out:
                if (on_faded_out) on_faded_out();
                break;
            case ReportKind::stale: break;
        }
    }
    const std::int64_t frame = telemetry().frame;
    if (log_) log_->passed(frame);
    take_due();
    if (plan_floor_ >= 0 && frame > plan_floor_) plan_floor_ = -1;
    if (plan_floor_ < 0) births_taken_ = studio_.births;
    if (!batching_ && plan_taken_at_ >= 0 && roster_.fading() && frame > plan_taken_at_ + roster_.fade_frames()) {
        roster_.sweep();
        send_plan(Event::kNow);
    }
}

}  // namespace chronus
