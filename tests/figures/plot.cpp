#include "figures/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sound/measure.h"

namespace chronus::figures {
namespace {

constexpr int kLeft = 34, kRight = 10, kBottom = 14;
constexpr int kCell = 2;  // pixels of a spectrogram's squares

std::string word_of(double value) {
    if (std::fabs(value) < 1e-9) return "0";
    return std::fabs(value) >= 1000 ? fmt::format("{:g}k", value / 1000) : fmt::format("{:g}", float(value));
}

}  // namespace

double Axis::place(double value) const {
    if (!logarithmic) return (value - low) / (high - low);
    return std::log(std::max(value, 1e-9) / low) / std::log(high / low);
}

Axis hertz_axis(double low, double high) {
    Axis axis{low, high, true, {}, "Hz"};
    for (double tick : {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0})
        if (tick >= low && tick <= high) axis.ticks.push_back(tick);
    return axis;
}

Axis even_axis(double low, double high, const std::string& unit) {
    Axis axis{low, high, false, {}, unit};
    double step = std::pow(10, std::floor(std::log10((high - low) / 3)));
    for (double factor : {2.0, 2.5, 2.0})
        if ((high - low) / step > 6) step *= factor;
    for (double tick = std::ceil(low / step - 1e-6) * step; tick <= high + 1e-6 * step; tick += step) axis.ticks.push_back(tick);
    return axis;
}

Plot::Plot(Canvas& canvas, Axis across, Axis up, int left, int right)
    : canvas_(canvas), across_(std::move(across)), up_(std::move(up)), left_(left + kLeft), width_(right - left - kLeft - kRight),
      height_(Canvas::kHeight - 12 - kBottom), legend_(right - kRight) {
    const int bottom = top_ + height_;
    int written = -100;
    for (const double tick : across_.ticks) {
        const int x = left_ + int(std::lround(across_.place(tick) * width_));
        canvas_.line(x, top_, x, bottom, grid);
        const std::string word = word_of(tick) + (tick == across_.ticks.back() ? across_.unit : "");
        const int length = int(word.size()) * Canvas::kLetter, from = std::min(x - length / 2, right - length);
        if (from <= written) continue;
        canvas_.write(from, bottom + 5, word);
        written = from + length;
    }
    for (const double tick : up_.ticks) {
        const int y = row(tick);
        canvas_.line(left_, y, left_ + width_, y, grid);
        const std::string word = word_of(tick);
        canvas_.write(left_ - 4 - int(word.size()) * Canvas::kLetter, y - 3, word);
    }
    canvas_.write(left_ - int(up_.unit.size() + 1) * Canvas::kLetter, 1, up_.unit);
    canvas_.line(left_, top_, left_, bottom, ink);
    canvas_.line(left_, bottom, left_ + width_, bottom, ink);
}

double Plot::across(int x) const {
    const double part = double(x) / width_;
    return across_.logarithmic ? across_.low * std::pow(across_.high / across_.low, part) : across_.low + part * (across_.high - across_.low);
}

int Plot::row(double value) const {
    const double place = std::clamp(up_.place(value), -0.01, 1.0);
    return top_ + height_ - int(std::lround(place * height_));
}

void Plot::join(int x, int from, int to, std::uint8_t colour) {
    const int bottom = top_ + height_;
    if (from > bottom && to > bottom) return;
    canvas_.line(left_ + x, std::min(from, bottom), left_ + x, std::min(to, bottom), colour);
    if (std::abs(from - to) < 2) canvas_.dot(left_ + x, std::min(to, bottom) + 1, colour);  // two pixels where it is flat
}

void Plot::wave(const Samples& samples, std::uint8_t colour) {
    for (int x = 0; x <= width_; ++x) {
        const auto from = std::size_t(across(x) * kRate), to = std::size_t(across(x + 1) * kRate) + 1;
        if (from >= samples.size()) return;
        const auto [low, high] = std::minmax_element(samples.begin() + long(from), samples.begin() + long(std::min(to + 1, samples.size())));
        join(x, row(*low), row(*high), colour);
    }
}

void Plot::spectrogram(const Samples& samples) {
    constexpr std::size_t kWindow = 2048;
    Samples padded(kWindow / 2);
    padded.insert(padded.end(), samples.begin(), samples.end());
    padded.resize(padded.size() + kWindow);
    std::vector<std::vector<double>> columns;
    double most = 1e-9;
    for (int x = 0; x < width_; x += kCell) {
        const auto at = std::size_t(across(x) * kRate);
        columns.push_back(at < samples.size() ? sound::spectrum(&padded[at], kWindow) : std::vector<double>(kWindow / 2));
        most = std::max(most, *std::max_element(columns.back().begin(), columns.back().end()));
    }
    for (int y = 0; y < height_; y += kCell)
        for (std::size_t c = 0; c < columns.size(); ++c) {
            // The loudest line of the square; low ones are a fraction of a line high.
            const auto bin = [&](int row) { return up_.low * std::pow(up_.high / up_.low, double(height_ - row) / height_) * kWindow / kRate; };
            double line = 0;
            for (auto k = std::size_t(bin(y + kCell)); k <= std::min(std::size_t(bin(y)), kWindow / 2 - 1); ++k)
                line = std::max(line, columns[c][k]);
            const int level = int((sound::decibels(line / most) + 10.0 * kShades) / 10);
            if (sound::decibels(line / most) < -10.0 * kShades) continue;
            for (int i = 0; i < kCell * kCell; ++i)
                canvas_.dot(left_ + 1 + int(c) * kCell + i % kCell, top_ + y + i / kCell, std::uint8_t(shade + std::min(level, kShades - 1)));
        }
}

void Plot::legend(const std::string& word, std::uint8_t colour) {
    legend_ -= int(word.size() + 1) * Canvas::kLetter;
    canvas_.write(legend_, 1, word, colour);
}

}  // namespace chronus::figures
