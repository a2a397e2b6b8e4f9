#include "engine/stage.h"

#include <chronus/batch.h>
#include <chronus/math.h>

#include "engine/cycles.h"

namespace chronus {
namespace {

template <class Act>
void each_pack(Act&& act) noexcept {
    for (int i = 0; i < kBlock; i += kLanes) act(i);
}

// [audio] True if a buffer holds one value throughout: what stands still costs its reader no more than a set value.
bool is_flat(const float* samples) noexcept {
    const Lanes first(samples[0]);
    Mask same{};
    same = !same;
    each_pack([&](int i) { same = same & (load(samples + i) == first); });
    for (int l = 0; l < kLanes; ++l)
        if (!same.v[l]) return false;
    return true;
}

// [audio] base, 2^octaves and offset together, kept within the parameter's range.
void modulate(const chronus_port& port, const float* bases, float base, const Feed& feed, float* out) noexcept {
    each_pack([&](int i) {
        Lanes value = bases ? load(bases + i) : Lanes(base);
        if (feed.octaves) value *= exp2(load(feed.octaves + i));
        if (feed.offset) value += load(feed.offset + i);
        store(out + i, clamp(value, Lanes(port.minimum), Lanes(port.maximum)));
    });
}

}  // namespace

float* Stage::scratch() noexcept { return scratch_[scratch_used_++ % kScratch]; }

// Cables whose gain stands still are added up in registers, several at a time; the order is that of the terms.
void Stage::mix(const Plan& plan, const chronus::Step& step) noexcept {
    constexpr int kAtOnce = 8;
    const float* samples[kAtOnce];
    float gains[kAtOnce];
    int held = 0;
    bool begins = step.begins;
    const auto add_held = [&] {
        if (held == 0) return;
        each_pack([&](int i) {
            Lanes sum = begins ? Lanes(0.0f) : load(step.into + i);
            for (int t = 0; t < held; ++t) sum += load(samples[t] + i) * Lanes(gains[t]);
            store(step.into + i, sum);
        });
        begins = false;
        held = 0;
    };
    const Term* terms = plan.terms.data() + step.first;
    for (std::uint32_t t = 0; t < step.count; ++t) {
        Glide& gain = terms[t].cable->gain;
        if (gain.begin_block()) {
            if (step.only && gain.target == 1.0f) {
                *step.result = terms[t].samples;
                return;
            }
            samples[held] = terms[t].samples;
            gains[held] = gain.target;
            if (++held == kAtOnce) add_held();
            continue;
        }
        add_held();
        float moving[kBlock];
        gain.render(moving, kBlock);
        each_pack([&](int i) {
            const Lanes sum = begins ? Lanes(0.0f) : load(step.into + i);
            store(step.into + i, sum + load(terms[t].samples + i) * load(moving + i));
        });
        begins = false;
    }
    add_held();
    *step.result = step.into;
}

// [audio] The values of a parameter that moves or is moved in this block.
const float* Stage::moving(Instance& module, std::uint32_t input) noexcept {
    Parameter& parameter = module.parameters[input];
    float* out = scratch();
    int done = 0;
    for (std::int32_t e = module.first_event; e >= 0; e = events_[e].next) {
        const BlockEvent& event = events_[e];
        if (event.input != input || event.kind > BlockEvent::Kind::let_go) continue;
        parameter.glide.render(out + done, event.frame - done);
        done = event.frame;
        if (event.kind == BlockEvent::Kind::jump) parameter.drive(event.value);
        if (event.kind == BlockEvent::Kind::let_go) parameter.let_go();
        if (event.kind == BlockEvent::Kind::slide) {
            parameter.driven = true;
            parameter.glide.wanted = event.value;
        }
        parameter.glide.begin_block();  // what goes somewhere sets out at this frame, not at the next boundary
    }
    parameter.glide.render(out + done, kBlock - done);
    return out;
}

bool Stage::bring_parameter(Instance& module, std::uint32_t input, const Feed& feed,
                            chronus_signal& signal) noexcept {
    Parameter& parameter = module.parameters[input];
    bool touched = false;
    for (std::int32_t e = module.first_event; e >= 0; e = events_[e].next)
        touched |= events_[e].input == input && events_[e].kind <= BlockEvent::Kind::let_go;
    if (!module.started) parameter.glide.jump(parameter.glide.wanted);
    const bool flat = parameter.glide.begin_block() && !touched;
    const float base = parameter.glide.target;
    const float* bases = flat ? nullptr : moving(module, input);
    signal = {bases, nullptr, base};
    if (!feed.cabled) return flat;

    const chronus_port* port = &module.type->inputs[input];
    const Modulation& last = modulation_;
    if (flat && last.result && last.port == port && last.base == base && last.octaves == feed.octaves &&
        last.offset == feed.offset) {
        signal.samples = last.result;
        return false;
    }
    float* out = scratch();
    if (flat && (!feed.octaves || is_flat(feed.octaves)) && (!feed.offset || is_flat(feed.offset))) {
        Lanes value(base);
        if (feed.octaves) value *= exp2(Lanes(feed.octaves[0]));
        if (feed.offset) value += Lanes(feed.offset[0]);
        signal.value = clamp(value, Lanes(port->minimum), Lanes(port->maximum)).v[0];
        return false;
    }
    modulate(*port, bases, base, feed, out);
    signal.samples = out;
    if (flat) modulation_ = {feed.octaves, feed.offset, base, port, out};
    return false;
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
        for (int i = 0; i < kBlock; ++i) {
            const float now = feed.offset[i];
            if (now > 0 && gate.cable <= 0) {
                const float age = now / (now - gate.cable);  // samples since it crossed zero, in (0, 1]
                onsets[i] = min(0.5f + age, 1.0f);
                begins = true;
            }
            gate.cable = now;
            held[i] = max(held[i], clamp(now, 0.0f, 1.0f));
        }
    }
    signal = {held, begins ? onsets : nullptr, gate.held};
    return false;
}

void Stage::prepare(Plan& plan, std::uint32_t unit) noexcept {
    Instance& module = *plan.instances[unit];
    if (module.settled && module.settled_in == &plan && module.first_event < 0) return;
    const std::uint32_t first = plan.first_signal[unit];
    bool settled = true;
    for (std::uint32_t input = 0; input < module.type->input_count; ++input) {
        const Feed& feed = plan.feeds[first + input];
        chronus_signal& signal = plan.signals[first + input];
        switch (module.type->inputs[input].meaning) {
            case CHRONUS_AUDIO: break;
            case CHRONUS_GATE: settled &= bring_gate(module, input, feed, signal); break;
            default: settled &= bring_parameter(module, input, feed, signal);
        }
    }
    module.started = true;
    module.first_event = module.last_event = -1;
    module.settled = settled;
    module.settled_in = &plan;
}

// NaN, infinity or runaway: silence in the same block, and back to rest.
void Stage::guard(Plan& plan, std::uint32_t unit, const chronus_clock& clock) noexcept {
    Instance& module = *plan.instances[unit];
    float* const* outs = plan.units[unit].out;
    const std::uint32_t count = module.type->output_count;
    // As whole numbers, the bits of magnitudes are in order, and infinity and NaN stand above all.
    IntLanes highest_bits{};
    for (std::uint32_t o = 0; o < count; ++o)
        each_pack([&](int i) {
            const IntLanes bits = bits_of(load(outs[o] + i)) & IntLanes(0x7fffffff);
            highest_bits = select(bits > highest_bits, bits, highest_bits);
        });
    std::int32_t bits = 0;
    for (int l = 0; l < kLanes; ++l) bits = highest_bits.v[l] > bits ? highest_bits.v[l] : bits;
    const float limit = 50.0f * max(20.0f, module.type->largest_gain);
    const bool all = bits <= bits_of(limit);
    float highest = all ? from_bits(bits) : 0.0f;
    const bool muted = module.muted_until > clock.frame;
    if (!all || muted) {
        for (std::uint32_t o = 0; o < count; ++o)
            for (int i = 0; i < kBlock; ++i) outs[o][i] = 0;
        highest = 0;
    }
    module.peak = highest;
    if (all) return;
    module.reset();
    if (muted) return;
    ++faults_;
    module.muted_until = clock.frame + static_cast<std::int64_t>(clock.rate * kMuteSeconds);
    mail_.report({.kind = ReportKind::fault, .module = module.index, .frame = clock.frame});
}

void Stage::process(Plan& plan, const chronus::Step& step, const chronus_clock& clock) noexcept {
    scratch_used_ = 0;
    modulation_ = {};
    for (std::uint32_t u = step.first; u < step.first + step.count; ++u) prepare(plan, u);
    plan.instances[step.first]->type->process(plan.units.data() + step.first, step.count, &clock);
    for (std::uint32_t u = step.first; u < step.first + step.count; ++u) guard(plan, u, clock);
}

void Stage::run(Plan& plan, const chronus_clock& clock, bool measure) noexcept {
    for (const chronus::Step& step : plan.steps) {
        if (step.kind == chronus::Step::Kind::mix) {
            mix(plan, step);
            continue;
        }
        const std::uint64_t before = measure ? cycles() : 0;
        process(plan, step, clock);
        if (measure)
            mail_.counters.type_cycles[step.type_slot].fetch_add(cycles() - before, std::memory_order_relaxed);
    }
    for (const Keep& keep : plan.keeps)
        each_pack([&](int i) { store(keep.cable->history + i, load(keep.samples + i)); });
}

}  // namespace chronus
