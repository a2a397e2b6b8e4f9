// What is looked for in what a module gave.
#pragma once
#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>

#include "laws/corners.h"
#include "laws/rig.h"
#include "laws/signals.h"

namespace chronus::laws {

inline void set(Rig& rig, std::size_t u, const Setting& setting) {
    for (std::size_t i = 0; i < setting.size(); ++i) hold(rig.in(u, i), setting[i]);
}

// Where two units, each of its own rig, differ in a bit of an output.
inline std::string difference(const Rig& one, std::size_t u, const Rig& other) {
    for (std::size_t o = 0; o < one.type().output_count; ++o)
        for (int i = 0; i < CHRONUS_BLOCK; ++i) {
            const float a = one.out(u, o)[i], b = other.out(u, o)[i];
            if (std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b)) continue;
            return fmt::format("{}.{} frame {}: {} and {}", one.type().name, one.type().outputs[o].name, i, a,
                               b);
        }
    return "";
}

// The first output of a unit that is not finite or beyond what its type allows itself.
inline std::string excess(const Rig& rig, std::size_t u) {
    for (std::size_t o = 0; o < rig.type().output_count; ++o)
        for (int i = 0; i < CHRONUS_BLOCK; ++i)
            if (const float x = rig.out(u, o)[i]; !(std::fabs(x) <= rig.type().largest_gain))
                return fmt::format("{} is {} (its largest gain is {})", rig.type().outputs[o].name, x,
                                   rig.type().largest_gain);
    return "";
}

}  // namespace chronus::laws
