// When a track plays: X a hard hit, x a soft one, . - or ~ a rest, _ the step before held on.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "refusal/refusal.h"

namespace chronus::pattern {

constexpr float kHardVelocity = 1.0f;
constexpr float kSoftVelocity = 0.6f;
constexpr std::size_t kMostSteps = 4096;  // 256 bars of sixteenths: longer than any song

struct Step {
    float velocity = 0;  // 0 = rest
    bool tie = false;    // goes on with the step before; the first step with the last one of the pass before

    bool operator==(const Step&) const = default;
};

struct Steps {
    std::vector<Step> steps;

    bool operator==(const Steps&) const = default;
};

Result<Steps> parse_steps(std::string_view text);

// One character a step. Other velocities than the two above are printed as the nearer of them.
std::string print_steps(const Steps& steps);

}  // namespace chronus::pattern
