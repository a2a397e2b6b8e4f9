#include "engine/meters.h"

#include <chronus/math.h>

namespace chronus {
namespace {

constexpr float kDamping = 0.70710678f;  // 1/Q: between the points 3 dB below lies an octave

}  // namespace

Meters::Meters(int rate) {
    const float blocks_to_fall = 0.333f * static_cast<float>(rate) / float{CHRONUS_BLOCK};
    fall_ = exp2(-3.3219281f / blocks_to_fall);  // to a tenth
    for (int b = 0; b < Telemetry::kBands; ++b) {
        const float cycles = std::min(Telemetry::kBandCentres[b] / static_cast<float>(rate), 0.45f);
        const float half = 3.14159265f * cycles;
        g_[b] = half * (1.0f + half * half * (0.33333333f + half * half * 0.13333333f));  // tan, near enough to draw
        scale_[b] = 1.0f / (1.0f + g_[b] * (g_[b] + kDamping));
    }
}

void Meters::tell(const float* left, const float* right, Telemetry& telemetry) noexcept {
    for (int p = 0; p < Telemetry::kLevels; ++p)
        telemetry.levels[p] = std::max(places_[p].peak, telemetry.levels[p] * fall_);
    float highest[Telemetry::kBands]{};
    for (int i = 0; i < CHRONUS_BLOCK; ++i) {
        const float in = 0.5f * (left[i] + right[i]);
        for (int b = 0; b < Telemetry::kBands; ++b) {
            const float high = (in - (kDamping + g_[b]) * band_[b] - low_[b]) * scale_[b];
            const float step = g_[b] * high, band = step + band_[b];
            band_[b] = band + step;
            const float rise = g_[b] * band, low = rise + low_[b];
            low_[b] = low + rise;
            const float out = kDamping * band;
            highest[b] = std::max(highest[b], out < 0 ? -out : out);
        }
    }
    for (int b = 0; b < Telemetry::kBands; ++b) telemetry.bands[b] = std::max(highest[b], telemetry.bands[b] * fall_);
}

}  // namespace chronus
