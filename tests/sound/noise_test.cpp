// Colours of noise: slope, loudness, independence.
#include "catch.h"
#include "sound/measure.h"
#include "sound/specimen.h"

using namespace sound;

namespace {

// Mean power density, in dB, of each third of an octave from 40 Hz to 16 kHz; `tilt` dB an octave are added.
std::vector<double> thirds(const Samples& samples, double tilt) {
    const size_t n = 1 << 15;
    std::vector<double> power(n / 2);
    for (size_t at = 0; at + n <= samples.size(); at += n / 2) {
        const std::vector<double> lines = spectrum(&samples[at], n);
        for (size_t k = 0; k < n / 2; ++k) power[k] += lines[k] * lines[k];
    }
    std::vector<double> bands;
    for (double hertz = 45; hertz < 15000; hertz *= std::cbrt(2.0)) {
        const size_t first = size_t(hertz / std::pow(2, 1 / 6.) * double(n) / 48000),
                     last = size_t(hertz * std::pow(2, 1 / 6.) * double(n) / 48000);
        double sum = 0;  // each bin weighted to the band's middle, so that the slope within it does not count
        for (size_t k = first; k < last; ++k)
            sum += power[k] * std::pow(double(k) * 48000 / double(n) / hertz, tilt / 3.0103);
        bands.push_back(10 * std::log10(sum / double(last - first)) + tilt * std::log2(hertz / 1000));
    }
    return bands;
}

double unevenness(const std::vector<double>& bands) {
    const auto [low, high] = std::minmax_element(bands.begin(), bands.end());
    return (*high - *low) / 2;
}

}  // namespace

TEST_CASE("noise: white is level, pink falls by 3 dB an octave, brown by 6", "[sound]") {
    Specimen s("noise");
    const auto takes = s.render(48000 * 24);
    CHECK(unevenness(thirds(takes.at("white"), 0)) < 0.5);
    CHECK(unevenness(thirds(takes.at("pink"), 3.0103)) < 0.5);
    // Levels off to either side: below 20 Hz and towards half the frame rate.
    const std::vector<double> brown = thirds(takes.at("brown"), 6.0206);
    CHECK(unevenness({brown.begin() + 6, brown.begin() + 19}) < 0.5);
    for (const char* colour : {"white", "pink", "brown"}) {
        INFO(colour);
        CHECK(decibels(rms(takes.at(colour)) / 0.27) == Approx(0).margin(1));
        CHECK(peak(takes.at(colour)) < 1.6);
    }
}

TEST_CASE("noise: `out` is the chosen colour, and one seed is not another", "[sound]") {
    for (int colour = 0; colour < 3; ++colour) {
        Specimen s("noise");
        s.set("colour", float(colour)).render(4800);
        auto takes = s.render(4800);
        const Samples& wanted = takes[colour == 0 ? "white" : colour == 1 ? "pink" : "brown"];
        double off = 0;
        for (size_t i = 0; i < wanted.size(); ++i)
            off = std::max(off, double(std::fabs(takes["out"][i] - wanted[i])));
        CHECK(off < 1e-5);
    }
    Specimen one("noise", 48000, 1), other("noise", 48000, 2), again("noise", 48000, 1);
    const Samples a = one.render(48000, "white"), b = other.render(48000, "white"),
                  c = again.render(48000, "white");
    double together = 0;
    for (size_t i = 0; i < a.size(); ++i) together += double(a[i]) * b[i];
    CHECK(std::fabs(together / double(a.size())) / (rms(a) * rms(b)) < 0.02);
    CHECK(a == c);
}
