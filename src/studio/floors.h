// What was taken ahead of its frame: nothing that depends on it may come before.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "handoff/event.h"

namespace chronus {

struct Effects;

// Of what one value is kept: a parameter, or one of the transport's. A set and a ramp of one parameter are the same.
using ValueKey = std::tuple<EventKind, std::uint32_t, std::uint16_t>;
ValueKey value_of(const Event& event);
bool is_track(const Event& event);

class Floors {
public:
    // The frame at which these may have their effect, if they are wanted at `at`.
    std::int64_t least(const Effects& effects, std::int64_t at) const;
    // They will have it at `at`, which is later than what has been played.
    void raise(const Effects& effects, std::int64_t at);
    // Blocks up to `frame` have been played.
    void lower(std::int64_t frame);

    std::int64_t plan() const { return plan_; }  // -1: none is to come

private:
    std::int64_t plan_ = -1;    // names and modules are other ones from there on: everything waits for it
    std::int64_t tracks_ = -1;
    std::int64_t latest_ = -1;  // of all: it was meant for the modules and tracks that there were
    std::map<ValueKey, std::int64_t> values_;
    std::map<std::string, std::int64_t> held_;  // by paths of gates
};

}  // namespace chronus
