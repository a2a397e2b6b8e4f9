// When a track plays, as a tree of steps.
//   X x g      a hard hit, a soft one, a ghost      . - ~     a rest       _   the step before held on
//   F f        a flam: the hit with a softer one right before it
//   [xx]       several in one step                  <X . x>   one each pass
//   {x / . / X}   one of them at each pass, by chance
//   x:80       velocity in per cent                 x*3       struck three times within its step
//   x(3,8,2)   three hits spread over eight steps, two later
//   x@3        three steps long                     x?30      played in 30 of 100 passes; x? in 50
//   x!4        four such steps
// In a lane, which leads a parameter, a step is a value in place of a hit, and . goes on with the one before.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "refusal/refusal.h"

namespace chronus::pattern {

constexpr float kHardVelocity = 1.0f;
constexpr float kSoftVelocity = 0.6f;
constexpr float kGhostVelocity = 0.25f;
constexpr std::size_t kMostSteps = 4096;  // 256 bars of sixteenths: longer than any song
constexpr int kMostDepth = 16;
constexpr int kMostEuclid = 64;
constexpr int kCertain = 100;  // per cent

struct Step;
using Sequence = std::vector<Step>;

struct Euclid {
    int pulses = 0, steps = 0, later = 0;  // no steps: there is none

    bool operator==(const Euclid&) const = default;
};

struct Step {
    enum class Kind { mark, group, turns, choice };

    Kind kind = Kind::mark;
    char mark = '.';               // X x g F f . _; of a lane = or .
    float value = 0;               // of =
    std::vector<Sequence> parts{}; // group, turns: one; choice: each option
    int velocity = 0;              // per cent; 0: the mark's own
    int strokes = 1;
    Euclid euclid{};
    int length = 1;
    int chance = kCertain;
    int copies = 1;
    std::size_t at = 0;            // where it stood in the text, for complaints

    // How many steps it fills where it stands.
    std::int64_t weight() const;
    bool operator==(const Step& other) const;  // wherever they stood
};

struct Steps {
    Sequence steps;

    bool operator==(const Steps&) const = default;
};

Result<Steps> parse_steps(std::string_view text);

// Of a lane: `read` says what value a word is.
using ReadValue = std::function<Result<float>(const std::string& word)>;
Result<Steps> parse_lane(std::string_view text, const ReadValue& read);

// The one form of a pattern: parsing it gives the same steps.
std::string print_steps(const Steps& steps);

}  // namespace chronus::pattern
