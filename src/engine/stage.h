// Runs a plan for one block: adds up cables, brings parameters and gates to their inputs, processes the batches
// and guards what comes out.
#pragma once
#include <bitset>
#include <cstdint>

#include "engine/block_events.h"
#include "engine/budget.h"
#include "engine/listened.h"
#include "engine/meters.h"
#include "handoff/mailbox.h"
#include "handoff/plan.h"

namespace chronus {

class Stage {
public:
    static constexpr int kUnitsAtOnce = 16;   // a process step has no more units than this
    static constexpr float kMuteSeconds = 0.25f;

    Stage(BlockEvents& events, Listened& listened, Meters& meters, Mailbox& mail)
        : events_(events), listened_(listened), meters_(meters), mail_(mail) {}

    // [audio] Before the first block of a plan.
    void follow(Plan& plan, std::int64_t frame) noexcept;
    // [audio] `tempo`: in 1/1000 bpm. `budget`: is told what each type takes; null: nobody measures.
    void run(Plan& plan, const chronus_clock& clock, std::int64_t tempo, Budget* budget) noexcept;
    // [audio] A type that is suspended is silent and not run.
    void suspend(std::uint32_t type_slot, bool on) noexcept {
        if (type_slot < suspended_.size()) suspended_[type_slot] = on;
    }
    std::uint64_t faults() const noexcept { return faults_; }

private:
    // The last modulation made: neighbours fed by the same cable with the same base share it.
    struct Modulation {
        const float *octaves, *offset;
        float base;
        const chronus_port* port;
        const float* result;
    };

    // The last single cable that was scaled: neighbours fed alike share what it brought.
    struct Scaled {
        const float* samples;
        float gain;
        const float* result;
    };

    void mix(Plan& plan, Step& step) noexcept;
    void mix_moving(Plan& plan, Step& step) noexcept;
    void process(Plan& plan, const Step& step, const chronus_clock& clock) noexcept;
    void silence(Plan& plan, const Step& step) noexcept;
    void prepare(Plan& plan, std::uint32_t unit, const chronus_module_type& type) noexcept;
    // These return true if the signal stays right until something changes.
    bool bring_parameter(Instance& module, std::uint32_t input, Feed& feed, chronus_signal& signal, bool& rests) noexcept;
    void modulate(const chronus_port& port, const Feed& feed, const float* bases, float base, chronus_signal& signal) noexcept;
    bool bring_gate(Instance& module, std::uint32_t input, const Feed& feed, chronus_signal& signal) noexcept;
    const float* moving(Instance& module, std::uint32_t input, const float* ramped) noexcept;
    void guard(Plan& plan, const Step& step, const chronus_clock& clock) noexcept;
    void mute(Plan& plan, std::uint32_t unit, const chronus_clock& clock, float limit) noexcept;
    void hear_lanes(const Plan& plan, const chronus::Step& step) noexcept;
    float* scratch() noexcept;
    std::int64_t units_of(float beats) const noexcept;

    BlockEvents& events_;
    Listened& listened_;
    Meters& meters_;
    Mailbox& mail_;
    std::uint64_t faults_ = 0;
    std::bitset<Counters::kTypeSlots> suspended_;
    std::int64_t tempo_ = 0;  // 1/1000 bpm
    std::int64_t per_beat_ = 0;
    int scratch_used_ = 0;
    Modulation modulation_{};
    Scaled scaled_{};
    // The most that the units of one step can need: a moving base, a modulated result or two gate buffers an input.
    static constexpr int kScratch = kUnitsAtOnce * 32 * 2;
    alignas(64) float scratch_[kScratch][CHRONUS_BLOCK];
};

}  // namespace chronus
