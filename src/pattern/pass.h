// One pass of a pattern, laid out: hits at exact places, and in which passes each of them plays.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pattern/fraction.h"
#include "pattern/steps.h"

namespace chronus::pattern {

// Of `of` equally many (by turns) or equally likely things (by chance), those from `from` to before `to`.
struct Condition {
    bool by_chance = false;
    std::int64_t every = 1;    // turns: passes until the next one
    std::uint32_t place = 0;   // chance: each draw of a pass has a number of its own
    std::uint32_t of = 1, from = 0, to = 1;

    bool operator==(const Condition&) const = default;
};

struct PassHit {
    Fraction at, end;
    Fraction last;             // the length of its last step, of which the gate keeps a part
    float velocity = 0;        // of a lane: the value
    bool tie = false;          // holds on what ends here, if anything does
    std::uint32_t note = 0;    // of the notes that a pass takes
    std::vector<Condition> conditions;  // all must hold
};

struct Pass {
    std::int64_t steps = 0;
    std::vector<PassHit> hits;  // by place; ties that are certain to hold are part of their hits
    std::uint32_t notes = 0;
};

struct TooMuch {
    std::string what;
    std::size_t at = 0;
};

// Each hit takes a note, played or not; strokes of one step, the two of a flam and what stands in the same place
// by turns or chance share theirs. So chance shifts no notes.
std::optional<TooMuch> unfold(const Steps& steps, Pass& pass);

// A pass of so many steps: cut short, or begun again until it is full. 0 leaves it as long as it is.
void lengthen(Pass& pass, std::int64_t steps);
// Everything comes so many steps later; what goes over the end stands at the beginning.
void rotate(Pass& pass, Fraction later);

}  // namespace chronus::pattern
