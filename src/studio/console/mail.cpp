// The console's part in the mail: what goes to the audio thread, in batches and as plans, and what comes from it.
#include <chrono>
#include <iterator>
#include <thread>

#include "handoff/track_score.h"
#include "studio/console.h"
#include "studio/wiring.h"

namespace chronus {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(50);
constexpr std::size_t kReadingsKept = 4096;  // that nobody was left to be told

// Those that modules begin with; one that cannot be read is silence.
void read_sounds(const Wiring& wiring, Shelf& sounds) {
    for (const Leaf& leaf : wiring.leaves)
        for (std::size_t i = 0; i < leaf.bases.size(); ++i)
            if (leaf.type->inputs[i].shelf()) static_cast<void>(sounds.load(static_cast<std::uint32_t>(leaf.bases[i])));
}

}  // namespace

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
    if (ahead_) ahead_->flush();
    for (SessionLog::Line& line : batched_log_) log_->add(std::move(line), batched_at_, mail, effects.rack);
    batched_log_.clear();
}

bool Console::wait_for_room(std::size_t events) {
    if (mail_.room() >= events) return true;
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (mail_.room() < events) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

// All of it has its effect at one frame, and is taken by the audio thread at one boundary.
std::uint64_t Console::commit(const Effects& effects, std::int64_t at) {
    mail_.hold();
    if (effects.rack) send_plan(at);
    for (Event event : effects.events) {
        event.frame = at;
        mail_.send(event);
    }
    mail_.show();
    if (at > telemetry().frame) floors_.raise(effects, at);
    quitting_ |= effects.quit;
    return mail_.sent();
}

void Console::send_plan(std::int64_t at) {
    const Wiring wiring = wire_up(studio_, types_);
    read_sounds(wiring, types_.sounds());
    forget_faded();
    std::unique_ptr<Plan> plan = roster_.plan(wiring, studio_.seed);
    for (const auto& slots = roster_.type_slots(); slots_named_ < slots.size(); ++slots_named_)
        mail_.whereabouts->name(slots_named_, slots[slots_named_]);
    mail_.send({.kind = EventKind::plan, .frame = at, .pointer = plan.release()});
    plan_mail_ = mail_.sent();
    plan_taken_at_ = -1;
    plans_.push_back({plan_mail_, roster_.last_plan()});
}

void Console::note_plans_taken(const Report& report) {
    const std::int64_t at = std::max(report.frame, floors_.plan());
    if (report.number >= plan_mail_ && plan_taken_at_ < 0) plan_taken_at_ = at;
    for (SentPlan& plan : plans_)
        if (plan.taken_at < 0 && plan.mail <= report.number) plan.taken_at = at;
}

// However quickly one edit follows another, what has faded out does not come again.
void Console::forget_faded() {
    const std::int64_t fade = static_cast<std::int64_t>(Roster::kCrossfadeSeconds * rate_) + 2 * CHRONUS_BLOCK;
    for (; !plans_.empty() && plans_.front().taken_at >= 0 && telemetry().frame > plans_.front().taken_at + fade; plans_.pop_front())
        roster_.forget_until(plans_.front().number);
}

// What it stands at after all that was sent before, this batch's too.
void Console::ask_audio(Effects& effects, Outcome& outcome) {
    Event event = *effects.reading;
    const std::uint64_t number = ++readings_asked_;
    event.carry(static_cast<std::int64_t>(number));
    outcome.batched = batching_;
    if (batching_) {  // what was for another frame has gone already
        batched_at_ = event.frame;
        batched_.events.push_back(event);
    } else {
        mail_.send(event);
        outcome.mail = mail_.sent();
    }
    outcome.finish = [this, number, value = value_of({.kind = EventKind::set, .port = event.port, .module = event.module}),
                      read = std::move(effects.read)](Words& words) {
        const auto reading = readings_.extract(number);
        if (reading && !(reading.mapped().module & 2)) ramps_.erase(value);
        read(words, reading ? std::optional(reading.mapped()) : std::nullopt);
    };
}

void Console::poll() {
    // Read first: every report of the blocks before this frame is in the queue by then.
    const std::int64_t frame = telemetry().frame;
    keep_time();
    Report report;
    while (mail_.receive(report)) {
        switch (report.kind) {
            case ReportKind::taken:
                note_plans_taken(report);
                if (log_) log_->taken(report.number, report.frame);
                if (ahead_ && report.number >= mail_.sent()) ahead_->taken(report.frame);
                if (on_taken) on_taken(report.number, report.frame);
                break;
            case ReportKind::plan_retired: delete static_cast<Plan*>(report.pointer); break;
            case ReportKind::track_retired: delete static_cast<TrackScore*>(report.pointer); break;
            case ReportKind::fault:
                if (on_fault) on_fault(roster_.path_of(report.module), report.frame);
                break;
            case ReportKind::overrun: suspended(report); break;
            case ReportKind::faded_out:
                if (on_faded_out) on_faded_out();
                break;
            case ReportKind::reading:
                readings_[report.number] = report;
                if (readings_.size() > kReadingsKept) readings_.erase(readings_.begin());
                break;
            case ReportKind::stale: break;
        }
    }
    if (log_) log_->passed(frame);
    take_due();
    keep_ahead();
    floors_.lower(frame);
    if (!batching_ && plan_taken_at_ >= 0 && roster_.fading() && frame > plan_taken_at_ + roster_.fade_frames()) {
        roster_.sweep();
        send_plan(std::max(floors_.plan(), Event::kNow));
    }
}

}  // namespace chronus
