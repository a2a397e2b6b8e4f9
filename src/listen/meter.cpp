#include "listen/meter.h"

#include <algorithm>
#include <cmath>
#include <new>

#include "listen/decibels.h"

namespace chronus {
namespace {

constexpr double kNothingAbove = -70;  // dBFS: silence
constexpr double kTooMuch = 6;         // dB taken by the limiter
constexpr int kStepsASecond = 10;      // at which the windows of loudness are looked at
constexpr std::int64_t kMomentary = 400, kShortTerm = 3000;  // ms
constexpr int kModes = EBUR128_MODE_I | EBUR128_MODE_S | EBUR128_MODE_TRUE_PEAK;

}  // namespace

Meter::Meter(int rate)
    : rate_(rate),
      loudness_(ebur128_init(2, static_cast<unsigned long>(rate), kModes)),
      bands_(rate),
      until_step_(rate / kStepsASecond),
      momentary_(kSilence),
      short_term_(kSilence) {
    if (!loudness_) throw std::bad_alloc();
}

void Meter::add(const float* left, const float* right, std::size_t count) {
    bands_.add(left, right, count);
    for (std::size_t done = 0; done < count;) {
        const std::size_t some = std::min(count - done, static_cast<std::size_t>(until_step_));
        float stereo[2 * 256];
        const std::size_t now = std::min<std::size_t>(some, 256);
        for (std::size_t i = 0; i < now; ++i)
            for (int side = 0; side < 2; ++side) {
                const float x = (side == 0 ? left : right)[done + i];
                stereo[2 * i + static_cast<std::size_t>(side)] = x;
                const double height = std::abs(static_cast<double>(x));
                squares_ += height * height;
                peak_ = std::max(peak_, height);
                clipped_ += height >= 1;
            }
        ebur128_add_frames_float(loudness_.get(), stereo, now);
        done += now;
        frames_ += static_cast<std::int64_t>(now);
        until_step_ -= static_cast<std::int64_t>(now);
        if (until_step_ > 0) continue;
        until_step_ = rate_ / kStepsASecond;
        if (frames_ * 1000 >= kMomentary * rate_) take_loudness(momentary_, kMomentary);
        if (frames_ * 1000 >= kShortTerm * rate_) take_loudness(short_term_, kShortTerm);
    }
}

void Meter::take_loudness(double& highest, std::int64_t milliseconds) {
    const auto window = static_cast<unsigned long>(milliseconds);
    double now = 0;
    if (window > 0 && ebur128_loudness_window(loudness_.get(), window, &now) == EBUR128_SUCCESS)
        highest = std::max(highest, now);
}

void Meter::limited(double decibels) { limiting_ = std::max(limiting_, decibels); }

Figures Meter::finish() {
    const std::int64_t heard = frames_ * 1000 / rate_;
    if (heard < kMomentary) take_loudness(momentary_, heard);
    if (heard < kShortTerm) take_loudness(short_term_, heard);
    double integrated = kSilence, peaks[2] = {};
    ebur128_loudness_global(loudness_.get(), &integrated);
    if (heard < kMomentary) integrated = momentary_;
    for (unsigned side = 0; side < 2; ++side) ebur128_true_peak(loudness_.get(), side, &peaks[side]);

    const double samples = static_cast<double>(std::max<std::int64_t>(2 * frames_, 1));
    Figures figures;
    figures.seconds = static_cast<double>(frames_) / rate_;
    figures.integrated = floored(integrated);
    figures.momentary = momentary_;
    figures.short_term = short_term_;
    figures.true_peak = decibels(std::max(peaks[0], peaks[1]));
    figures.rms = power_decibels(squares_ / samples);
    figures.crest = decibels(peak_) - figures.rms;
    figures.clipped = 100 * static_cast<double>(clipped_) / samples;
    figures.limiting = limiting_;
    figures.bands = bands_.finish();
    figures.lost = lost_;
    figures.silent = decibels(peak_) <= kNothingAbove;
    figures.clipping = clipped_ > 0 || limiting_ > kTooMuch;
    return figures;
}

}  // namespace chronus
