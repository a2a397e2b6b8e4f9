// How the energy of a sound is spread over eight bands.
#pragma once
#include <kiss_fftr.h>

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace chronus {

struct Band {
    const char* name;
    double low, high;  // Hz
};
inline constexpr std::array<Band, 8> kBands{{{"sub", 20, 60},
                                             {"bass", 60, 120},
                                             {"low-mid", 120, 300},
                                             {"mid", 300, 1000},
                                             {"upper-mid", 1000, 3000},
                                             {"presence", 3000, 6000},
                                             {"brilliance", 6000, 12000},
                                             {"air", 12000, 20000}}};

// Adds up the power spectra of both sides, frame by frame under a Hann window, each with half of the last.
class BandMeter {
public:
    explicit BandMeter(int rate);

    void add(const float* left, const float* right, std::size_t count);
    // dB relative to all that was heard, with what no band holds. To be called once.
    std::array<double, kBands.size()> finish();

private:
    struct Free {
        void operator()(void* setup) const { kiss_fftr_free(setup); }
    };
    void transform(const std::vector<float>& side);
    void frame();

    double rate_;
    std::size_t size_;  // of a frame: a sixth of a second, so that the lowest band has some lines
    std::unique_ptr<kiss_fftr_state, Free> setup_;
    std::vector<float> window_, windowed_;
    std::vector<float> left_, right_;  // of the frame that is being filled
    std::size_t fresh_ = 0;            // of these, how many no frame has had
    std::vector<kiss_fft_cpx> lines_;
    std::vector<double> power_;
};

}  // namespace chronus
