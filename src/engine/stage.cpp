#include "engine/stage.h"

#include <chronus/batch.h>
#include <chronus/math.h>

#include <algorithm>

#include "engine/cycles.h"
#include "engine/ramps.h"

namespace chronus {
namespace {

template <class Act>
void each_pack(Act&& act) noexcept {
    for (int i = 0; i < kBlock; i += kLanes) act(i);
}

// [audio] True if a buffer holds one value throughout: what stands still costs its reader no more than a set value.
bool is_flat(const float* samples) noexcept {
    const Lanes first(samples[0]);
    Mask differs{};
    each_pack([&](int i) { differs = differs | (load(samples + i) != first); });
    return !any(differs);
}

// [audio] True if a buffer holds NaN, infinity or what is above the limit. As whole numbers, the bits of
// magnitudes are in order, and infinity and NaN stand above all.
Mask above(const float* samples, float limit) noexcept {
    Mask loud{};
    each_pack([&](int i) {
        loud = loud | (bits_of(abs(load(samples + i))) > bits_of(Lanes(limit)));
    });
    return loud;
}

// [audio] base, 2^octaves and offset together, kept within the parameter's range.
void add_up(const chronus_port& port, const float* bases, float base, const Feed& feed, float* out) noexcept {
    each_pack([&](int i) {
        Lanes value = bases ? load(bases + i) : Lanes(base);
        if (feed.octaves) value *= exp2(load(feed.octaves + i));
        if (feed.offset) value += load(feed.offset + i);
        store(out + i, clamp(value, Lanes(port.minimum), Lanes(port.maximum)));
    });
}

// [audio] Adds cables up: the whole sum is in registers while they pass.
void add_still(const Term* terms, std::uint32_t count, bool begins, float* into) noexcept {
    Lanes sum[kBlock / kLanes];
    for (int p = 0; p < kBlock / kLanes; ++p) sum[p] = begins ? Lanes(0.0f) : load(into + p * kLanes);
    for (std::uint32_t t = 0; t < count; ++t) {
        const Lanes gain(terms[t].gain);
        for (int p = 0; p < kBlock / kLanes; ++p) sum[p] += load(terms[t].samples + p * kLanes) * gain;
    }
    for (int p = 0; p < kBlock / kLanes; ++p) store(into + p * kLanes, sum[p]);
}

}  // namespace

float* Stage::scratch() noexcept { return scratch_[scratch_used_++ % kScratch]; }

// Cables whose gain stands still are added up in registers, several at a time; the order is that of the terms.
void Stage::mix(Plan& plan, chronus::Step& step) noexcept {
    if (!step.still) return mix_moving(plan, step);
    const Term* terms = plan.terms.data() + step.first;
    if (step.only) {
        if (terms->gain == 1.0f) return;  // the result has been the source since it stood still
        if (scaled_.result && scaled_.samples == terms->samples && scaled_.gain == terms->gain) {
            *step.result = scaled_.result;
            return;
        }
        scaled_ = {terms->samples, terms->gain, step.into};
    }
    add_still(terms, step.count, step.begins, step.into);
    *step.result = step.into;
}

void Stage::mix_moving(Plan& plan, chronus::Step& step) noexcept {
    Term* terms = plan.terms.data() + step.first;
    bool begins = step.begins;
    step.still = true;
    for (std::uint32_t t = 0; t < step.count; ++t) {
        Glide& gain = terms[t].cable->gain;
        if (gain.begin_block()) {
            terms[t].gain = gain.target;
            add_still(terms + t, 1, begins, step.into);
        } else {
            step.still = false;
            float moving[kBlock];
            gain.render(moving, kBlock);
            each_pack([&](int i) {
                const Lanes sum = begins ? Lanes(0.0f) : load(step.into + i);
                store(step.into + i, sum + load(terms[t].samples + i) * load(moving + i));
            });
        }
        begins = false;
    }
    *step.result = step.only && step.still && terms->gain == 1.0f ? terms->samples : step.into;
}

std::int64_t Stage::units_of(float beats) const noexcept {
    return static_cast<std::int64_t>(static_cast<double>(beats) * static_cast<double>(per_beat_) + 0.5);
}

// [audio] The values of a parameter that moves or is moved in this block. `ramped`: where its base is led, or null.
const float* Stage::moving(Instance& module, std::uint32_t input, const float* ramped) noexcept {
    Parameter& parameter = module.parameters[input];
    Glide& glide = parameter.glide;
    float* out = scratch();
    int done = 0;
    float led[kBlock];
    const auto play_until = [&](int frame) {
        const bool leads = parameter.driven && parameter.lead.runs();
        if (!leads && (!ramped || parameter.driven)) {
            glide.render(out + done, frame - done);
        } else if (frame > done) {
            const float* way = leads ? led : ramped;
            if (leads) render(parameter.lead, led + done, frame - done, tempo_);
            const float behind = glide.target - glide.wanted;  // what has not set out yet
            for (int i = done; i < frame; ++i) out[i] = way[i] + behind;
            glide.add_steps(out + done, frame - done);
            glide.carry(way[frame - 1]);
        }
        if (ramped && frame > 0) parameter.base = ramped[frame - 1];
        done = frame;
    };
    for (std::int32_t e = module.first_event; e >= 0; e = events_[e].next) {
        const BlockEvent& event = events_[e];
        if (event.input != input || event.kind > BlockEvent::Kind::let_go) continue;
        play_until(event.frame);
        if (event.kind == BlockEvent::Kind::jump) parameter.drive(event.value);
        if (event.kind == BlockEvent::Kind::let_go) parameter.let_go();
        if (event.kind == BlockEvent::Kind::slide) parameter.slide(event.value);
        if (event.kind == BlockEvent::Kind::lead) parameter.lead_to(event.value, units_of(event.onset), Ramp::Curve::linear);
        if (event.kind == BlockEvent::Kind::lead_exponential) parameter.lead_to(event.value, units_of(event.onset), Ramp::Curve::exponential);
        glide.begin_block();  // what goes somewhere sets out at this frame, not at the next boundary
    }
    play_until(kBlock);
    return out;
}

bool Stage::bring_parameter(Instance& module, std::uint32_t input, Feed& feed, chronus_signal& signal,
                            bool& rests) noexcept {
    Parameter& parameter = module.parameters[input];
    bool touched = false;
    for (std::int32_t e = module.first_event; e >= 0; e = events_[e].next) {
        const bool idle = events_[e].kind == BlockEvent::Kind::let_go && !parameter.driven;  // there was nothing to let go
        touched |= events_[e].input == input && events_[e].kind <= BlockEvent::Kind::let_go && !idle;
    }
    if (!module.started) parameter.glide.jump(parameter.glide.wanted);
    const bool on_ramp = parameter.ramp.runs();
    float ramped[kBlock];
    if (on_ramp) render(parameter.ramp, ramped, kBlock, tempo_);
    rests = parameter.glide.begin_block() && !touched && !on_ramp && !parameter.lead.runs();
    feed.base = parameter.glide.target;
    const float* bases = rests ? nullptr : moving(module, input, on_ramp ? ramped : nullptr);
    signal = {bases, nullptr, feed.base};
    if (!feed.cabled) return rests;
    modulate(module.type->inputs[input], feed, bases, feed.base, signal);
    return false;
}

void Stage::modulate(const chronus_port& port, const Feed& feed, const float* bases, float base,
                     chronus_signal& signal) noexcept {
    const Modulation& last = modulation_;
    if (!bases && last.result && last.port == &port && last.base == base && last.octaves == feed.octaves &&
        last.offset == feed.offset) {
        signal.samples = last.result;
        return;
    }
    if (!bases && (!feed.octaves || is_flat(feed.octaves)) && (!feed.offset || is_flat(feed.offset))) {
        Lanes value(base);
        if (feed.octaves) value *= exp2(Lanes(feed.octaves[0]));
        if (feed.offset) value += Lanes(feed.offset[0]);
        signal = {nullptr, nullptr, clamp(value, Lanes(port.minimum), Lanes(port.maximum)).v[0]};
        return;
    }
    float* out = scratch();
    add_up(port, bases, base, feed, out);
    signal.samples = out;
    if (!bases) modulation_ = {feed.octaves, feed.offset, base, &port, out};
}

bool Stage::bring_gate(Instance& module, std::uint32_t input, const Feed& feed, chronus_signal& signal) noexcept {
    GateInput& gate = module.gates[input];
    bool touched = false;
    for (std::int32_t e = module.first_event; e >= 0; e = events_[e].next)
        touched |= events_[e].input == input && events_[e].kind >= BlockEvent::Kind::begin;
    if (!touched && !feed.cabled) {
        signal = {nullptr, nullptr, gate.held};
        return true;
    }
    float* held = scratch();
    float* onsets = scratch();
    int done = 0;
    bool begins = false;
    for (int i = 0; i < kBlock; ++i) onsets[i] = 0;
    const auto hold_until = [&](int frame) {
        for (; done < frame; ++done) held[done] = gate.held;
    };
    for (std::int32_t e = module.first_event; e >= 0; e = events_[e].next) {
        const BlockEvent& event = events_[e];
        if (event.input != input || event.kind < BlockEvent::Kind::begin) continue;
        hold_until(event.frame);
        gate.held = event.value;
        if (event.kind == BlockEvent::Kind::begin) {
            onsets[event.frame] = event.onset;
            begins = true;
        }
    }
    hold_until(kBlock);
    if (feed.cabled && feed.offset) {
        // A signal that rises slowly is near 0 when it opens a gate: only what comes from gates has a velocity.
        const float opened = feed.opener ? min(abs(feed.opener->gain.target), 1.0f) : 0.0f;
        for (int i = 0; i < kBlock; ++i) {
            const float now = feed.offset[i];
            if (now > 0 && gate.cable <= 0) {
                const float age = now / (now - gate.cable);  // samples since it crossed zero, in (0, 1]
                onsets[i] = min(0.5f + age, 1.0f);
                begins = true;
            }
            gate.cable = now;
            held[i] = max(held[i], !feed.opener ? clamp(now, 0.0f, 1.0f) : now > 0 ? opened : 0.0f);
        }
    }
    signal = {held, begins ? onsets : nullptr, gate.held};
    return false;
}

// Brings the signals of those inputs that are not settled: of all after something has changed, else of those
// that move or are cabled.
void Stage::prepare(Plan& plan, std::uint32_t unit, const chronus_module_type& type) noexcept {
    Watch& watch = plan.watches[unit];
    const bool woken = watch.unsettled == Watch::kAll;
    Feed* feeds = plan.feeds.data() + plan.first_signal[unit];
    chronus_signal* signals = plan.signals.data() + plan.first_signal[unit];
    std::uint32_t unsettled = 0;
    for (std::uint32_t input = 0; input < type.input_count; ++input) {
        const std::uint32_t bit = 1u << input;
        if (!(watch.unsettled & bit)) continue;
        if (watch.resting & bit) {
            unsettled |= bit;
            modulate(type.inputs[input], feeds[input], nullptr, feeds[input].base, signals[input]);
            continue;
        }
        Instance& module = *plan.instances[unit];
        bool settled = true, rests = false;
        switch (type.inputs[input].meaning) {
            case CHRONUS_AUDIO: break;
            case CHRONUS_GATE: settled = bring_gate(module, input, feeds[input], signals[input]); break;
            default: settled = bring_parameter(module, input, feeds[input], signals[input], rests);
        }
        if (!settled) unsettled |= bit;
        if (!settled && rests) watch.resting |= bit;
    }
    watch.unsettled = unsettled;
    if (!woken) return;
    Instance& module = *plan.instances[unit];
    module.started = true;
    module.first_event = module.last_event = -1;
}

// NaN, infinity or runaway: silence in the same block, and back to rest.
void Stage::guard(Plan& plan, const chronus::Step& step, const chronus_clock& clock) noexcept {
    const chronus_module_type& type = *plan.instances[step.first]->type;
    const float limit = 50.0f * max(20.0f, type.largest_gain);
    Mask loud{};
    bool muted = false;
    for (std::uint32_t u = step.first; u < step.first + step.count; ++u) {
        for (std::uint32_t o = 0; o < type.output_count; ++o) loud = loud | above(plan.units[u].out[o], limit);
        muted |= plan.watches[u].muted;
    }
    if (!any(loud) && !muted) return;
    for (std::uint32_t u = step.first; u < step.first + step.count; ++u) mute(plan, u, clock, limit);
}

// What has run away is silent for a while, and comes back from nothing.
void Stage::mute(Plan& plan, std::uint32_t unit, const chronus_clock& clock, float limit) noexcept {
    Instance& module = *plan.instances[unit];
    Watch& watch = plan.watches[unit];
    float* const* outs = plan.units[unit].out;
    const std::uint32_t count = module.type->output_count;
    Mask loud{};
    for (std::uint32_t o = 0; o < count; ++o) loud = loud | above(outs[o], limit);
    const bool over = module.muted_until <= clock.frame;
    const bool ran_away = any(loud), returns = !ran_away && over;
    if (!ran_away && !watch.muted) return;
    for (std::uint32_t o = 0; o < count; ++o)
        for (int i = 0; i < kBlock; ++i)
            outs[o][i] = returns ? outs[o][i] * (static_cast<float>(i) / kBlock) : 0.0f;
    if (ran_away) module.reset();
    const bool again = watch.muted && !over;
    watch.muted = !returns;
    if (!ran_away || again) return;
    ++faults_;
    module.muted_until = clock.frame + static_cast<std::int64_t>(clock.rate * kMuteSeconds);
    mail_.report({.kind = ReportKind::fault, .module = module.index, .frame = clock.frame});
}

void Stage::silence(Plan& plan, const chronus::Step& step) noexcept {
    for (std::uint32_t u = step.first; u < step.first + step.count; ++u)
        for (std::uint32_t o = 0; o < plan.instances[u]->type->output_count; ++o)
            std::fill(plan.units[u].out[o], plan.units[u].out[o] + kBlock, 0.0f);
}

void Stage::process(Plan& plan, const chronus::Step& step, const chronus_clock& clock) noexcept {
    scratch_used_ = 0;
    modulation_ = {};
    const chronus_module_type& type = *plan.instances[step.first]->type;
    for (std::uint32_t u = step.first; u < step.first + step.count; ++u)
        if (plan.watches[u].unsettled) prepare(plan, u, type);
    if (step.type_slot < suspended_.size() && suspended_[step.type_slot]) {
        silence(plan, step);
    } else {
        mail_.whereabouts->now.store(step.type_slot + 1, std::memory_order_relaxed);
        type.process(plan.units.data() + step.first, step.count, &clock);
        guard(plan, step, clock);
    }
    if (!plan.lane_exits.empty()) hear_lanes(plan, step);
    if (listened_.any()) listened_.hear(plan, step);  // its buffers may be used again after their last reader
    if (meters_.any()) meters_.hear(plan, step);
    scaled_ = {};  // what it shared may be overwritten from here on
}

// How loud each lane is in this block, over all of its outputs.
void Stage::hear_lanes(const Plan& plan, const chronus::Step& step) noexcept {
    for (const LaneExit& exit : plan.lane_exits) {
        if (exit.unit < step.first || exit.unit >= step.first + step.count) continue;
        const float* out = plan.units[exit.unit].out[exit.output];
        float peak = 0;
        for (int i = 0; i < kBlock; ++i) peak = max(peak, abs(out[i]));
        exit.voices->lanes[exit.lane].level = peak;
    }
}

void Stage::follow(Plan& plan, std::int64_t frame) noexcept {
    for (std::size_t u = 0; u < plan.instances.size(); ++u) {
        plan.instances[u]->watch = &plan.watches[u];
        plan.watches[u].muted = plan.instances[u]->muted_until > frame;
    }
}

void Stage::run(Plan& plan, const chronus_clock& clock, std::int64_t tempo, Budget* budget) noexcept {
    tempo_ = tempo;
    per_beat_ = 60000 * static_cast<std::int64_t>(clock.rate);
    for (chronus::Step& step : plan.steps) {
        if (step.kind == chronus::Step::Kind::mix) {
            mix(plan, step);
            continue;
        }
        const std::uint64_t before = budget ? cycles() : 0;
        process(plan, step, clock);
        if (!budget) continue;
        const std::uint64_t spent = cycles() - before;
        if (step.type_slot >= Counters::kTypeSlots) continue;
        budget->spend(step.type_slot, spent);
        mail_.counters.type_cycles[step.type_slot].fetch_add(spent, std::memory_order_relaxed);
    }
    mail_.whereabouts->now.store(0, std::memory_order_relaxed);
    for (const Keep& keep : plan.keeps)
        each_pack([&](int i) { store(keep.cable->history + i, load(keep.samples + i)); });
}

}  // namespace chronus
