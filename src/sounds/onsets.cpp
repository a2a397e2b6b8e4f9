#include "sounds/onsets.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sounds/stored_sound.h"

namespace chronus {
namespace {

constexpr double kHop = 0.002, kGap = 0.05;  // seconds

// The energy of each hop, of the signal and of its slope: the slope shows a hat above a bass.
std::vector<float> energies(const std::vector<float>& mono, std::size_t hop) {
    std::vector<float> all(mono.size() / hop + 1, 1e-7f);
    for (std::size_t i = 1; i < mono.size(); ++i) {
        const float slope = mono[i] - mono[i - 1];
        all[i / hop] += (0.05f * mono[i] * mono[i] + slope * slope) / static_cast<float>(hop);
    }
    return all;
}

std::vector<float> mono_of(const Recording& recording) {
    std::vector<float> mono(recording.frames());
    for (const std::vector<float>& channel : recording.channels)
        for (std::size_t i = 0; i < mono.size(); ++i) mono[i] += channel[i];
    return mono;
}

// The first frame that stands out from what there was before; of what is softer than that, where its hop begins.
std::size_t begin_of(const std::vector<float>& mono, std::size_t hop_begin, std::size_t hop) {
    const std::size_t begin = std::max(hop_begin, hop) - hop, end = std::min(begin + 4 * hop, mono.size());
    float past = 0, peak = 0;
    for (std::size_t i = std::max(begin, 4 * hop) - 4 * hop; i < begin; ++i) past = std::max(past, std::fabs(mono[i]));
    for (std::size_t i = begin; i < end; ++i) peak = std::max(peak, std::fabs(mono[i]));
    if (peak <= 1.2f * past) return hop_begin;
    std::size_t at = begin;
    while (at < end && std::fabs(mono[at]) < past + 0.1f * (peak - past)) ++at;
    return at;
}

}  // namespace

// A rise of energy over what there was shortly before (Bello et al., "A tutorial on onset detection in music
// signals", 2005), its place then narrowed to where the loud part begins.
std::vector<std::uint32_t> find_onsets(const Recording& recording) {
    const std::vector<float> mono = mono_of(recording);
    const auto hop = std::max<std::size_t>(1, static_cast<std::size_t>(recording.rate * kHop));
    const auto gap = static_cast<std::size_t>(recording.rate * kGap);
    const std::vector<float> energy = energies(mono, hop);
    const float loudest = *std::max_element(energy.begin(), energy.end());
    std::vector<std::uint32_t> onsets{0};
    std::array<float, 3> before{};  // follows energy, falling over some 10 ms; three hops ago, two, one
    for (std::size_t h = 0; h < energy.size(); ++h) {
        const bool rises = energy[h] > 4 * before[0] && energy[h] > 2e-4f * loudest;
        before = {before[1], before[2], std::max(energy[h], before[2] * 0.82f)};
        if (!rises) continue;
        const std::size_t at = begin_of(mono, h * hop, hop);
        if (at >= onsets.back() + gap) onsets.push_back(static_cast<std::uint32_t>(at));
    }
    return onsets;
}

}  // namespace chronus
