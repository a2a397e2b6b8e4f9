// The sequencer by itself: scores in, and what it does to modules' inputs as a list. Blocks are played one by one, or
// only those that are said, so that a million steps take no time.
#pragma once
#include <algorithm>
#include <memory>
#include <vector>

#include "engine/tracks.h"

namespace stand {

using namespace chronus;

struct Played {
    std::int64_t frame;
    std::size_t module;
    std::uint16_t input;
    BlockEvent::Kind kind;
    float value, onset;
};

class TrackStand {
    std::unique_ptr<Mailbox> mail_ = std::make_unique<Mailbox>();
    std::unique_ptr<BlockEvents> events_ = std::make_unique<BlockEvents>();

public:
    static constexpr std::uint16_t kGate = 0, kPitch = 1, kCutoff = 2, kPorts = 3;

    Mailbox& mail = *mail_;
    Plan plan;
    Timeline timeline;
    std::int64_t frame = 0;
    std::vector<Played> played;

    // Modules by index, all of generation 1; lanes: of each.
    explicit TrackStand(std::size_t modules = 1, std::uint16_t lanes = 1)
        : router_(*events_), tracks_(std::make_unique<Tracks>(router_, *mail_)) {
        for (std::size_t m = 0; m < modules; ++m) add(lanes);
        router_.follow(&plan);
    }
    ~TrackStand() {
        for (std::uint32_t slot = 0; slot < Tracks::kSlots; ++slot) tracks_->remove(slot, frame);
        retired();
    }

    void tempo(double bpm) { timeline = timeline.with_tempo(frame, static_cast<std::int32_t>(bpm * 1000)); }
    void swing(float amount) { tracks_->set_swing(Swing::of(amount, 4)); }
    double swing() const { return static_cast<double>(tracks_->swing().amount()); }
    void start() {
        timeline.frame = frame;
        timeline.beats = 0;
        timeline.running = true;
        tracks_->start(frame);
    }
    void stop() {
        tracks_->stop(frame);
        timeline = timeline.moved_to(frame);
        timeline.running = false;
    }
    void replace(TrackScore score) { tracks_->replace(new TrackScore(std::move(score)), timeline, frame); }
    void remove(std::uint32_t slot) { tracks_->remove(slot, frame); }

    // Whole blocks from here on.
    void run(std::int64_t frames) {
        for (const std::int64_t end = frame + frames; frame < end; frame += CHRONUS_BLOCK) block();
    }
    void run_until(std::int64_t end) { run(end - frame); }
    // Only the block in which a frame lies. What is not played then comes late.
    void jump_to(std::int64_t wanted) {
        frame = wanted / CHRONUS_BLOCK * CHRONUS_BLOCK;
        block();
        frame += CHRONUS_BLOCK;
    }

    std::vector<Played> of(BlockEvent::Kind kind) const {
        std::vector<Played> some;
        std::copy_if(played.begin(), played.end(), std::back_inserter(some), [&](const Played& p) { return p.kind == kind; });
        return some;
    }
    std::vector<Played> begins() const { return of(BlockEvent::Kind::begin); }
    std::vector<Played> ends() const { return of(BlockEvent::Kind::end); }
    // Gates that are open after all that was played.
    std::size_t open_gates() const {
        std::vector<bool> open(modules_.size());
        for (const Played& p : played) {
            if (p.kind == BlockEvent::Kind::begin) open[p.module] = true;
            if (p.kind == BlockEvent::Kind::end) open[p.module] = false;
        }
        return static_cast<std::size_t>(std::count(open.begin(), open.end(), true));
    }
    // Modules of which a port is driven after all that was played.
    std::size_t driven(std::uint16_t port) const {
        std::vector<bool> driven(modules_.size());
        for (const Played& p : played) {
            if (p.input != port) continue;
            if (p.kind < BlockEvent::Kind::let_go) driven[p.module] = true;
            if (p.kind == BlockEvent::Kind::let_go) driven[p.module] = false;
        }
        return static_cast<std::size_t>(std::count(driven.begin(), driven.end(), true));
    }
    // Scores that came back; they are freed.
    std::size_t retired() {
        std::size_t count = 0;
        for (Report report; mail.receive(report); ++count) delete static_cast<TrackScore*>(report.pointer);
        return count;
    }

private:
    void add(std::uint16_t lanes) {
        std::shared_ptr<Voices> voices;
        if (lanes > 1) {
            voices = std::make_shared<Voices>();
            voices->lanes.resize(lanes);
            plan.owned.push_back(voices);
        }
        plan.entries.push_back({1, static_cast<std::uint32_t>(plan.ports.size()), kPorts, lanes, voices.get()});
        const std::size_t first = modules_.size();
        for (std::uint16_t lane = 0; lane < lanes; ++lane) {
            modules_.push_back(std::make_unique<Instance>());
            modules_.back()->parameters.resize(kPorts);
            modules_.back()->gates.resize(kPorts);
        }
        for (std::uint16_t port = 0; port < kPorts; ++port) {
            plan.ports.push_back({static_cast<std::uint32_t>(plan.targets.size()), 1});
            for (std::size_t lane = 0; lane < lanes; ++lane) plan.targets.push_back({modules_[first + lane].get(), port});
        }
    }
    void block() {
        tracks_->play(timeline, frame, frame + CHRONUS_BLOCK);
        for (std::size_t m = 0; m < modules_.size(); ++m) {
            Instance& module = *modules_[m];
            for (std::int32_t e = module.first_event; e >= 0; e = (*events_)[e].next) {
                const BlockEvent& event = (*events_)[e];
                played.push_back({frame + event.frame, m, event.input, event.kind, event.value, event.onset});
            }
            module.first_event = module.last_event = -1;
        }
        events_->clear();
    }

    std::vector<std::unique_ptr<Instance>> modules_;
    Router router_;
    std::unique_ptr<Tracks> tracks_;
};

// A score as the studio makes it: X . _ a step each.
inline TrackScore score(const char* steps, From from = From::step, std::uint32_t slot = 0) {
    TrackScore made;
    made.slot = slot;
    made.module = slot;
    made.generation = 1;
    made.gate_port = TrackStand::kGate;
    made.from = from;
    Steps32 at = 0;
    for (const char* step = steps; *step; ++step, at += kStep) {
        if (*step == '.') continue;
        const bool continues = *step == '_' && step == steps;
        if (*step == '_' && !continues) continue;
        Steps32 length = kStep;
        while (step[length / kStep] == '_') length += kStep;
        made.hits.push_back({at, length, *step == 'X' ? 1.0f : 0.6f, continues});
    }
    made.pass = at;
    return made;
}

}  // namespace stand
