#include "listen/bands.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <numbers>

#include "listen/decibels.h"

namespace chronus {
namespace {

std::size_t size_for(double rate) {
    std::size_t size = 1024;
    while (static_cast<double>(size) < rate / 6) size *= 2;
    return size;
}

}  // namespace

BandMeter::BandMeter(int rate)
    : rate_(rate),
      size_(size_for(rate)),
      setup_(kiss_fftr_alloc(static_cast<int>(size_), 0, nullptr, nullptr)),
      window_(size_),
      windowed_(size_),
      lines_(size_ / 2 + 1),
      power_(size_ / 2 + 1) {
    if (!setup_) throw std::bad_alloc();
    for (std::size_t i = 0; i < size_; ++i) {
        const double turn = (static_cast<double>(i) + 0.5) / static_cast<double>(size_);
        window_[i] = static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * turn));
    }
}

void BandMeter::add(const float* left, const float* right, std::size_t count) {
    for (std::size_t done = 0; done < count;) {
        const std::size_t some = std::min(count - done, size_ - left_.size());
        left_.insert(left_.end(), left + done, left + done + some);
        right_.insert(right_.end(), right + done, right + done + some);
        done += some;
        fresh_ += some;
        if (left_.size() == size_) frame();
    }
}

void BandMeter::frame() {
    transform(left_);
    transform(right_);
    for (std::vector<float>* side : {&left_, &right_})
        side->erase(side->begin(), side->begin() + static_cast<std::ptrdiff_t>(size_ / 2));
    fresh_ = 0;
}

void BandMeter::transform(const std::vector<float>& side) {
    for (std::size_t i = 0; i < size_; ++i) windowed_[i] = side[i] * window_[i];
    kiss_fftr(setup_.get(), windowed_.data(), lines_.data());
    for (std::size_t k = 0; k < lines_.size(); ++k) {
        const double real = lines_[k].r, imaginary = lines_[k].i;
        power_[k] += real * real + imaginary * imaginary;
    }
}

std::array<double, kBands.size()> BandMeter::finish() {
    if (fresh_ > 0) {
        left_.resize(size_);
        right_.resize(size_);
        frame();
    }
    double whole = 0;
    std::array<double, kBands.size()> bands{};
    for (std::size_t k = 0; k < power_.size(); ++k) {
        const double hertz = static_cast<double>(k) * rate_ / static_cast<double>(size_);
        whole += power_[k];
        for (std::size_t b = 0; b < kBands.size(); ++b)
            if (hertz >= kBands[b].low && hertz < kBands[b].high) bands[b] += power_[k];
    }
    for (double& band : bands) band = whole > 0 ? power_decibels(band / whole) : kSilence;
    return bands;
}

}  // namespace chronus
