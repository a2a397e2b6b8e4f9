// The rack compiled for the audio thread: what to add up and what to run, in order, with all memory in place.
// Written once by the studio; the audio thread follows it and hands it back to be freed.
#pragma once
#include <chronus/abi.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "handoff/instance.h"
#include "handoff/succession.h"

namespace chronus {

// One cable's contribution to an input.
struct Term {
    const float* samples;
    CableInstance* cable;
    float gain = 0;  // [audio] the cable's, once it stands still
};

// What cables bring to a parameter or a gate: buffers, or null. Octaves multiply, offsets add.
struct Feed {
    const float* octaves = nullptr;
    const float* offset = nullptr;
    bool cabled = false;
    const CableInstance* opener = nullptr;  // gates: of a plain signal, which opens it with its gain for a velocity
    float base = 0;  // [audio] the parameter's own value while it rests
};

struct Step {
    enum class Kind : std::uint8_t {
        mix,      // terms first .. first + count are added up into `into`
        process   // units first .. first + count, all of one type
    };
    Kind kind;
    bool begins = false;             // mix: the first of its sum
    bool only = false;               // mix: a single cable, which at gain 1 needs no copy
    bool still = false;              // [audio] mix: all gains stand still; they change with a plan only
    std::uint32_t type_slot = 0;     // process: where its cost is counted
    std::uint32_t first = 0, count = 0;
    float* into = nullptr;
    const float** result = nullptr;  // where the reader looks for the sum
};

// A cable that closes a loop: at the end of the block its source is kept for the next one.
struct Keep {
    const float* samples;
    CableInstance* cable;
};

// A gain to go to when the plan is taken, over so many frames; -1: as many as its last change took.
struct GainChange {
    CableInstance* cable;
    float gain;
    std::int32_t frames = -1;
};

// Where a message for a module goes. Composites and polyphony fan out to several targets.
struct Target {
    Instance* instance;
    std::uint16_t input;
};
struct EntryPort {
    std::uint32_t first = 0;     // of its targets: lane by lane
    std::uint16_t per_lane = 0;
};
// An output that leaves a module: one of a leaf's.
struct Exit {
    std::uint32_t unit;
    std::uint16_t output;
    std::uint8_t sides;  // 1 left, 2 right, 3 both
};
// An output of one lane, where the quietest is looked for.
struct LaneExit {
    std::uint32_t unit;
    std::uint16_t output, lane;
    Voices* voices;
};
struct Entry {
    std::uint32_t generation = 0;  // 0: nobody here
    std::uint32_t first_port = 0;
    std::uint16_t ports = 0;
    std::uint16_t lanes = 1;
    Voices* voices = nullptr;      // of a polyphonic module
    std::uint32_t first_exit = 0, exits = 0;  // its main outputs, in the order of their units
};

struct Plan {
    std::vector<Step> steps;
    std::vector<chronus_unit> units;
    std::vector<Instance*> instances;     // one a unit
    std::vector<Watch> watches;           // one a unit
    std::vector<chronus_signal> signals;  // of all units, in the order of their inputs
    std::vector<Feed> feeds;              // one a signal
    std::vector<std::uint32_t> first_signal;  // one a unit
    std::vector<float*> outs;             // of all units, in the order of their outputs
    std::vector<Term> terms;
    std::vector<Keep> keeps;
    std::vector<GainChange> gains;
    std::vector<Succession> successions;  // when the plan is taken; their `from` belongs to the plan before
    std::vector<Entry> entries;
    std::vector<EntryPort> ports;
    std::vector<Target> targets;
    std::vector<Exit> exits;
    std::vector<LaneExit> lane_exits;     // by unit
    const float* left = nullptr;          // the mix, set by its steps; null where nothing reaches it
    const float* right = nullptr;
    std::uint32_t type_slots = 0;
    // Cables that run against those that fade out here come in a plan of their own, which is taken as soon as these
    // are silent. Only frames decide when, so a replay does the same.
    std::vector<const CableInstance*> until;
    std::unique_ptr<Plan> next;

    // Studio side only: what the plan keeps alive.
    std::vector<std::unique_ptr<float[]>> buffers;
    std::vector<std::shared_ptr<void>> owned;
    std::uint64_t number = 0;

    const Entry* entry(std::uint32_t index, std::uint32_t generation) const noexcept {
        if (index >= entries.size() || entries[index].generation != generation) return nullptr;
        return &entries[index];
    }
};

}  // namespace chronus
