// One module as the audio thread holds it. Made and freed on the studio's side; while a plan names it, what is
// marked [audio] belongs to the audio thread.
#pragma once
#include <chronus/abi.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "handoff/glide.h"
#include "handoff/ramp.h"

namespace chronus {

// [audio] An input that has a range.
struct Parameter {
    Glide glide;
    Ramp ramp;            // that the base is on
    float base = 0;       // what was set, or where its ramp has come; a driver never writes it
    bool driven = false;  // by a track or a note: base waits until it lets go
    Ramp lead;            // that the driver is on

    void set(float value) noexcept {
        ramp.end();
        base = value;
        if (!driven) glide.wanted = value;
    }
    void drive(float value) noexcept {
        driven = true;
        lead.end();
        glide.jump(value);
    }
    void slide(float value) noexcept {
        driven = true;
        lead.end();
        glide.wanted = value;
    }
    // Length: units of Beats.
    void lead_to(float value, std::int64_t length, Ramp::Curve curve) noexcept {
        driven = true;
        lead.begin(glide.target, value, length, {curve, true});
    }
    void let_go() noexcept {
        driven = false;
        lead.end();
        glide.wanted = base;
    }
};

// [audio] An input that takes gates: what messages and tracks hold, and the last value of its cables.
struct GateInput {
    float held = 0;
    float cable = 0;
};

// [audio] What is looked at in every block: those of a plan stand side by side, so that modules at rest cost
// no way to their own memory.
struct Watch {
    static constexpr std::uint32_t kAll = ~0u;
    std::uint32_t unsettled = kAll;  // a bit an input whose signal must be brought anew
    std::uint32_t resting = 0;       // of these: its base stands still, only its cables bring something
    bool muted = false;              // it ran away, and waits
};

struct Instance {
    std::string id;  // flat: bass/filter#2
    const chronus_module_type* type = nullptr;
    void* state = nullptr;
    chronus_arena* arena = nullptr;
    void (*rewind)(void*) noexcept = nullptr;  // [audio] the arena gives the same pieces again
    void* rewind_context = nullptr;
    std::uint64_t seed = 0;
    double rate = 0;
    std::uint32_t index = 0;              // of its entry in the plans
    std::shared_ptr<void> keeper;         // the memory behind state and arena, and the loaded type

    // [audio]
    std::vector<Parameter> parameters;    // one an input; unused for audio and gates
    std::vector<GateInput> gates;         // one an input; unused but for gates
    std::int64_t muted_until = 0;         // frame
    std::int32_t first_event = -1, last_event = -1;  // this block's, in the engine's list
    bool started = false;                 // it has played a block: changes glide from now on
    Watch* watch = nullptr;               // in the plan that plays

    // [audio] Something has changed: its signals are not right any more.
    void wake() noexcept {
        if (watch) watch->unsettled = Watch::kAll, watch->resting = 0;
    }

    // [audio] Back to rest, after a fault. What was set stays set.
    void reset() noexcept {
        if (rewind) rewind(rewind_context);
        type->reset(state, seed);
        if (type->prepare) type->prepare(state, arena, rate);
    }
};

// One cable's own state: its gain, and for the one that closes a loop, the block it hands on.
struct CableInstance {
    Glide gain;
    alignas(64) float history[CHRONUS_BLOCK] = {};
};

// Which lane of a polyphonic module plays what. [audio]
struct Voices {
    struct Lane {
        std::int64_t since = -1;  // frame of its last note or release
        bool held = false;
        float hertz = 0;          // of the note that a message began, so that another can end it
        float level = 0;          // of its last block, where the quietest is looked for
    };
    bool quietest = false;    // a new note takes the lane that is heard least, else the one that is oldest
    std::vector<Lane> lanes;
    std::uint16_t current = 0;  // the lane of the last note

    // The lane that has been free for longest; if all are held, the one held for longest. Or, of those that are free, and else of all, the one
    // heard least.
    std::uint16_t take(std::int64_t frame) noexcept {
        std::size_t best = 0;
        for (std::size_t l = 1; l < lanes.size(); ++l) {
            const bool freer = lanes[best].held && !lanes[l].held;
            const bool alike = lanes[best].held == lanes[l].held, same_level = !quietest || lanes[l].level == lanes[best].level;
            const bool older = alike && (same_level ? lanes[l].since < lanes[best].since : lanes[l].level < lanes[best].level);
            if (freer || older) best = l;
        }
        lanes[best] = {frame, true, 0, lanes[best].level};
        return current = static_cast<std::uint16_t>(best);
    }
    void release(std::uint16_t lane, std::int64_t frame) noexcept {
        if (lane < lanes.size() && lanes[lane].held) lanes[lane] = {frame, false, 0, lanes[lane].level};
    }
};

}  // namespace chronus
