// A frame with two axes on a canvas, and what is drawn into it: curves, waves, spectrograms.
#pragma once
#include "figures/canvas.h"
#include "figures/rack.h"

namespace chronus::figures {

struct Axis {
    double low, high;
    bool logarithmic = false;
    std::vector<double> ticks;
    std::string unit;
    double place(double value) const;  // 0 to 1
};

Axis hertz_axis(double low = 20, double high = 20000);
Axis even_axis(double low, double high, const std::string& unit);  // with ticks at round numbers

class Plot {
public:
    // Between two columns of the canvas.
    Plot(Canvas& canvas, Axis across, Axis up, int left = 0, int right = Canvas::kWidth);

    // A curve of one value a column.
    template <class Curve>
    void curve(Curve curve, std::uint8_t colour) {
        int before = -1;
        for (int x = 0; x <= width_; ++x) {
            const int y = row(curve(across(x)));
            join(x, before < 0 ? y : before, y, colour);
            before = y;
        }
    }
    // Where something lies between two values in each column.
    template <class Range>
    void band(Range range, std::uint8_t colour) {
        for (int x = 0; x <= width_; ++x) {
            const auto [low, high] = range(across(x), across(x + 1));
            join(x, row(low), row(high), colour);
        }
    }
    // A signal over time: from the least to the most value in each column.
    void wave(const Samples& samples, std::uint8_t colour);
    // In dB below its loudest, eight steps of 10 dB.
    void spectrogram(const Samples& samples);
    // A word in the colour of a curve, one beside the other on top.
    void legend(const std::string& word, std::uint8_t colour);

private:
    double across(int x) const;
    int row(double value) const;
    void join(int x, int from, int to, std::uint8_t colour);

    Canvas& canvas_;
    Axis across_, up_;
    int left_, top_ = 12, width_, height_, legend_;
};

}  // namespace chronus::figures
