#include "engine/engine.h"

#include <algorithm>

#include "engine/cycles.h"
#include "handoff/realtime_scope.h"

namespace chronus {
namespace {

constexpr double kPanicSeconds = 0.005;
constexpr float kSilence = 1e-4f;  // -80 dB
// Room kept free for what taking one event may have to report.
constexpr std::size_t kReportsAnEvent = 4;
constexpr std::size_t kReportsABlock = 1024;
// Of a block's events, for what all tracks can begin and end in it: mail never takes the place of a gate's end.
constexpr int kRoomForTracks = BlockEvents::kMost / 2;

}  // namespace

Engine::Engine(Mailbox& mail, int rate, double cycles_per_second)
    : mail_(mail),
      rate_(rate),
      cycles_per_block_(cycles_per_second * static_cast<double>(CHRONUS_BLOCK) / rate),
      router_(events_),
      tracks_(router_, mail),
      listened_(mail.ear),
      meters_(rate),
      stage_(events_, listened_, meters_, mail),
      budget_(cycles_per_block_) {
    timeline_.rate = rate;
    limiter_.set_rate(rate);
    telemetry_.latency = Limiter::kLatency;
    mail_.telemetry.write(telemetry_);
    level_.jump(1.0f);
    level_.length = static_cast<std::int32_t>(kPanicSeconds * rate);
}

// The device has stopped: what the audio thread still held is freed by whoever ends it.
Engine::~Engine() {
    delete plan_;
    Event event;
    while (pending_.take(INT64_MAX, event)) {
        if (event.kind == EventKind::plan) delete static_cast<Plan*>(event.pointer);
        if (event.kind == EventKind::track) delete static_cast<TrackScore*>(event.pointer);
    }
}

void Engine::render(float* stereo, std::uint32_t frames) noexcept {
    RealtimeScope realtime;
    for (std::uint32_t done = 0; done < frames; ++done) {
        if (given_ == CHRONUS_BLOCK) {
            block(left_, right_);
            given_ = 0;
        }
        stereo[2 * done] = left_[given_];
        stereo[2 * done + 1] = right_[given_];
        ++given_;
    }
}

void Engine::block(float* left, float* right) noexcept {
    RealtimeScope realtime;
    const std::uint64_t started = cycles();
    const std::int64_t end = frame_ + CHRONUS_BLOCK;
    take_mail();
    go_on();
    if (tempo_ramp_.runs()) timeline_ = tempo_ramp_.next(timeline_, frame_, end);
    tracks_.play(timeline_, frame_, end);

    const chronus_clock clock{static_cast<double>(rate_), frame_,
                              static_cast<double>(timeline_.beats_at(frame_)) / static_cast<double>(timeline_.per_beat()),
                              timeline_.tempo / 1000.0, timeline_.running, tracks_.swing().amount(), mail_.sounds.data(),
                              1.0f / static_cast<float>(tracks_.swing().per_beat)};
    const bool measure = telemetry_.blocks % 16 == 0 || budget_.watches();
    if (listened_.any()) listened_.begin(plan_);
    if (meters_.any()) meters_.begin(plan_);
    if (plan_) stage_.run(*plan_, clock, timeline_.tempo, measure ? &budget_ : nullptr);
    events_.clear();
    finish(left, right);
    if (listened_.any()) listened_.tell(frame_, left, right, limiter_.reduction());
    if (meters_.any()) meters_.tell(left, right, telemetry_);
    frame_ = end;
    publish(left, right, started);
}

// Everything that has come and whose time has come. What finds no room waits in the queue, where the sender sees it.
void Engine::take_mail() noexcept {
    const std::int64_t end = frame_ + CHRONUS_BLOCK;
    const std::uint64_t before = telemetry_.taken, shown = mail_.shown();
    Event event;
    // What was asked for this very boundary came before the mail that is taken at it.
    while (events_.room() > kRoomForTracks && mail_.report_room() > kReportsAnEvent && pending_.take(frame_ + 1, event)) apply(event);
    // What is for later in this block takes its turn among what has been waiting for it, by frame.
    while (telemetry_.taken < shown && !pending_.full() && events_.room() > kRoomForTracks &&
           mail_.report_room() > kReportsABlock + kReportsAnEvent && mail_.take(event)) {
        ++telemetry_.taken;
        if (event.frame > frame_) pending_.add(event);
        else apply(event);
    }
    while (events_.room() > kRoomForTracks && mail_.report_room() > kReportsAnEvent && pending_.take(end, event)) apply(event);
    if (telemetry_.taken != before)
        mail_.report({.kind = ReportKind::taken, .frame = frame_, .number = telemetry_.taken});
}

void Engine::apply(const Event& event) noexcept {
    ++telemetry_.applied;
    switch (event.kind) {
        case EventKind::plan: return swap(static_cast<Plan*>(event.pointer));
        case EventKind::track: return tracks_.replace(static_cast<TrackScore*>(event.pointer), timeline_, frame_);
        case EventKind::track_remove: return tracks_.remove(event.module, frame_);
        case EventKind::play:
            if (timeline_.running) return;
            timeline_ = timeline_.from_start(frame_);
            if (tempo_ramp_.runs()) tempo_ramp_.follow(timeline_, frame_);
            return tracks_.start(frame_);
        case EventKind::stop:
            if (timeline_.running) halt();
            return;
        case EventKind::tempo:
            tempo_ramp_.end();
            timeline_ = timeline_.with_tempo(frame_, static_cast<std::int32_t>(event.module));
            return;
        case EventKind::tempo_ramp:
            return tempo_ramp_.begin(timeline_, frame_, static_cast<std::int32_t>(event.module), event.carried(), Ramp::Shape::of(event.shape).in_beats);
        case EventKind::signature:
            timeline_ = timeline_.with_signature(frame_, {static_cast<std::int32_t>(event.module), event.port});
            return;
        case EventKind::swing: return tracks_.set_swing(Swing::of(event.value, event.port));
        case EventKind::limiter: limiter_.enabled = event.value != 0; return;
        case EventKind::panic:
            panicking_ = true;
            halt();
            level_.wanted = 0;
            return;
        case EventKind::fade_out:
            leaving_ = true;
            level_.length = std::max(1, static_cast<std::int32_t>(event.value * static_cast<float>(rate_)));
            level_.wanted = 0;
            return;
        case EventKind::suspend: return stage_.suspend(event.module, event.value != 0);
        case EventKind::record:
            // As many as there can be are known to whoever sends it.
            if (!listened_.record(static_cast<Reel*>(event.pointer))) static_cast<Reel*>(event.pointer)->returned = true;
            return;
        case EventKind::record_end: return listened_.end_record(static_cast<Reel*>(event.pointer));
        case EventKind::go_on: return run_on(event.carried());
        case EventKind::meter: return meters_.watch(event.port, {event.module, event.generation});
        case EventKind::listen: return listened_.listen({event.module, event.generation}, event.value != 0);
        case EventKind::set:
        case EventKind::gate:
        case EventKind::note:
        case EventKind::note_set:
        case EventKind::ramp:
        case EventKind::read:
        case EventKind::let_go: break;
    }
    const Entry* entry = router_.find(event.module, event.generation);
    if (!entry) {
        ++telemetry_.stale;
        mail_.report({.kind = ReportKind::stale, .module = event.module, .frame = frame_, .number = telemetry_.taken});
        return;
    }
    if (event.kind == EventKind::set) return router_.set(*entry, event.port, event.value);
    if (event.kind == EventKind::ramp) return router_.ramp(*entry, event);
    if (event.kind == EventKind::read) return read(*entry, event);
    begin_or_end(*entry, event);
}

void Engine::halt() noexcept {
    tracks_.stop(frame_);
    timeline_ = timeline_.moved_to(frame_);
    timeline_.running = false;
    if (tempo_ramp_.runs()) tempo_ramp_.follow(timeline_, frame_);
}

void Engine::run_on(Beats beats_at_0) noexcept {
    timeline_.frame = frame_;
    timeline_.beats = std::max<Beats>(beats_at_0 + frame_ * timeline_.tempo, 0);
    timeline_.running = true;
    tracks_.go_on(timeline_, frame_);
}

void Engine::read(const Entry& entry, const Event& event) noexcept {
    const Parameter* parameter = router_.parameter(entry, event.port);
    if (!parameter) return;
    const Ramp& ramp = parameter->ramp;
    Report report{.kind = ReportKind::reading, .module = parameter->driven ? 1u : 0u, .frame = frame_,
                  .number = static_cast<std::uint64_t>(event.carried())};
    Standing standing{parameter->glide.now(), 0};
    if (ramp.runs()) {
        report.module |= 2;
        standing.left = 1.0f - static_cast<float>(static_cast<double>(ramp.done) / static_cast<double>(ramp.whole));
    }
    report.pointer = std::bit_cast<void*>(standing);
    mail_.report(report);
}

void Engine::begin_or_end(const Entry& entry, const Event& event) noexcept {
    const std::int64_t at = std::max(event.frame, frame_);
    const auto frame = static_cast<std::uint8_t>(at - frame_);
    if (event.kind == EventKind::note_set && entry.voices) entry.voices->lanes[entry.voices->current].hertz = event.value;
    if (event.kind == EventKind::note && event.value == 0 && entry.voices) return end_note(entry, event, at, frame);
    if (event.kind == EventKind::note_set)
        router_.send(entry, event.port, entry.voices ? entry.voices->current : Router::kAllLanes,
                     {BlockEvent::Kind::jump, frame, 0, event.value, 0, -1});
    else if (event.kind == EventKind::let_go)
        router_.send(entry, event.port, Router::kAllLanes, {BlockEvent::Kind::let_go, frame, 0, 0, 0, -1});
    else if (event.value > 0)
        router_.begin(entry, event.port, event.value, at, frame, 0.5f);
    else
        router_.end(entry, event.port, Router::kAllLanes, at, frame);
}

// Those of its lanes that play this pitch.
void Engine::end_note(const Entry& entry, const Event& event, std::int64_t at, std::uint8_t frame) noexcept {
    const auto hertz = std::bit_cast<float>(static_cast<std::uint32_t>(event.carried()));
    for (std::size_t lane = 0; lane < entry.voices->lanes.size(); ++lane)
        if (entry.voices->lanes[lane].held && entry.voices->lanes[lane].hertz == hertz)
            router_.end(entry, event.port, static_cast<int>(lane), at, frame);
}

void Engine::swap(Plan* plan) noexcept {
    for (const Succession& succession : plan->successions) {
        succession.take_over();
        events_.hand_on(succession);
    }
    if (plan_) mail_.report({.kind = ReportKind::plan_retired, .frame = frame_, .pointer = plan_});
    plan_ = plan;
    for (const GainChange& change : plan->gains) {
        Glide& gain = change.cable->gain;
        if (gain.count == 0 && change.frames >= 0) gain.length = change.frames;  // what is under way keeps its own pace
        gain.wanted = change.gain;
    }
    router_.follow(plan);
    stage_.follow(*plan, frame_);
}

// From a plan in which cables fade out to the one without them.
void Engine::go_on() noexcept {
    if (!plan_ || !plan_->next) return;
    for (const CableInstance* cable : plan_->until)
        if (!cable->gain.rests_at(0)) return;
    swap(plan_->next.release());
}

void Engine::silence_everything() noexcept {
    if (!plan_) return;
    for (Instance* module : plan_->instances) {
        for (GateInput& gate : module->gates) gate = {};
        module->reset();
        module->wake();
    }
    for (const Keep& keep : plan_->keeps) std::fill(std::begin(keep.cable->history), std::end(keep.cable->history), 0.0f);
    for (const Entry& entry : plan_->entries)
        if (entry.voices)
            for (Voices::Lane& lane : entry.voices->lanes) lane.held = false;
}

void Engine::finish(float* left, float* right) noexcept {
    float level[CHRONUS_BLOCK];
    if (level_.begin_block()) {
        std::fill(level, level + CHRONUS_BLOCK, level_.target);
        if (level_.target == 0 && panicking_ && !leaving_) {
            silence_everything();
            panicking_ = false;
            level_.wanted = 1;
        } else if (level_.target == 0 && leaving_) {
            leaving_ = panicking_ = false;
            mail_.report({.kind = ReportKind::faded_out, .frame = frame_});
        }
    } else {
        level_.render(level, CHRONUS_BLOCK);
    }
    const float* mixed[2] = {plan_ ? plan_->left : nullptr, plan_ ? plan_->right : nullptr};
    float* out[2] = {left, right};
    for (int side = 0; side < 2; ++side)
        for (int i = 0; i < CHRONUS_BLOCK; ++i) out[side][i] = mixed[side] ? mixed[side][i] * level[i] : 0.0f;
    limiter_.process(left, right, left, right, CHRONUS_BLOCK);
}

void Engine::publish(const float* left, const float* right, std::uint64_t started) noexcept {
    const auto peak = [](const float* x) {
        float highest = 0;
        for (int i = 0; i < CHRONUS_BLOCK; ++i) highest = std::max(highest, x[i] < 0 ? -x[i] : x[i]);
        return highest;
    };
    ++telemetry_.blocks;
    telemetry_.frame = frame_;
    telemetry_.waiting = static_cast<std::uint32_t>(pending_.count());
    telemetry_.timeline = timeline_;
    telemetry_.swing = tracks_.swing();
    telemetry_.peak_left = peak(left);
    telemetry_.peak_right = peak(right);
    const float loudest = std::max(telemetry_.peak_left, telemetry_.peak_right);
    if (loudest > 1.0f) ++telemetry_.clips;
    if (loudest > kSilence) telemetry_.sounded_at = frame_ - CHRONUS_BLOCK;
    telemetry_.reduction = limiter_.reduction();
    telemetry_.faults = stage_.faults();
    mail_.telemetry.write(telemetry_);

    mail_.whereabouts->blocks.store(telemetry_.blocks, std::memory_order_release);

    const std::uint64_t spent = cycles() - started;
    if (const auto guilty = budget_.end_block(spent)) {
        stage_.suspend(*guilty, true);
        mail_.report({.kind = ReportKind::overrun, .module = *guilty, .frame = frame_});
    }
    Counters& counters = mail_.counters;
    counters.cycles.fetch_add(spent, std::memory_order_relaxed);
    if (spent > counters.load_max.load(std::memory_order_relaxed))
        counters.load_max.store(spent, std::memory_order_relaxed);
    if (cycles_per_block_ > 0) {
        const auto bin = static_cast<std::uint64_t>(static_cast<double>(spent) / cycles_per_block_ * 128.0);
        counters.load[std::min<std::uint64_t>(bin, Counters::kLoadBins - 1)].fetch_add(1, std::memory_order_relaxed);
    }
}

}  // namespace chronus
