// The true-peak limiter of the engine: peaks, purity, and its absence where nothing is to be limited.
#include <chronus/dsp/limiter.h>

#include <array>
#include <random>

#include "catch.h"
#include "sound/measure.h"
#include "sound/specimen.h"

using namespace sound;

namespace {

Samples sine(double hertz, double height, size_t length) {
    Samples samples(length);
    for (size_t i = 0; i < length; ++i)
        samples[i] = float(height * std::sin(2 * M_PI * std::fmod(hertz / 48000 * double(i), 1.0) + 0.3));
    return samples;
}

struct Limited {
    Samples left, right;
    double reduction;
};
Limited limit(const Samples& left, const Samples& right, chronus::Limiter limiter = {}) {
    limiter.set_rate(48000);
    Limited out{Samples(left.size()), Samples(left.size()), 0};
    for (size_t i = 0; i < left.size(); i += 64) {
        limiter.process(&left[i], &right[i], &out.left[i], &out.right[i],
                        int(std::min<size_t>(64, left.size() - i)));
        out.reduction = std::max(out.reduction, double(limiter.reduction()));
    }
    return out;
}

// True peak as ITU-R BS.1770 annex 2 finds it, 4 x by its own 48 taps.
double true_peak_db(const Samples& x) {
    static constexpr double kTaps[4][12] = {
        {0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875,
         0.1373291015625, 0.9721679687500, -0.1022949218750, 0.0476074218750, -0.0266113281250,
         0.0148925781250, -0.0083007812500},
        {-0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500,
         0.4650878906250, 0.7797851562500, -0.2003173828125, 0.1015625000000, -0.0582275390625,
         0.0330810546875, -0.0189208984375},
        {-0.0189208984375, 0.0330810546875, -0.0582275390625, 0.1015625000000, -0.2003173828125,
         0.7797851562500, 0.4650878906250, -0.1665039062500, 0.0891113281250, -0.0517578125000,
         0.0292968750000, -0.0291748046875},
        {-0.0083007812500, 0.0148925781250, -0.0266113281250, 0.0476074218750, -0.1022949218750,
         0.9721679687500, 0.1373291015625, -0.0594482421875, 0.0332031250000, -0.0196533203125,
         0.0109863281250, 0.0017089843750}};
    double most = 0;
    for (size_t i = 0; i + 12 <= x.size(); ++i)
        for (const auto& taps : kTaps) {
            double sum = 0;
            for (int t = 0; t < 12; ++t) sum += taps[t] * x[i + 11 - t];
            most = std::max(most, std::fabs(sum));
        }
    return decibels(most);
}

// A bar of kick, snare and hats at 174 bpm, at its loudest 16 dB over full scale.
Samples drums() {
    std::mt19937 chance(1);
    Samples loop(66207 / 64 * 64);
    const size_t step = loop.size() / 16;
    for (size_t s = 0; s < 16; ++s)
        for (size_t i = 0; i < 3 * step && s * step + i < loop.size(); ++i) {
            const double t = double(i) / 48000, hiss = double(chance()) / 2147483648. - 1;
            double x = 0.25 * hiss * std::exp(-t * 150);
            if (s % 8 == 0 || s == 10)
                x += std::sin(2 * M_PI * (50 * t + 5 * (1 - std::exp(-t * 40)))) * std::exp(-t * 8);
            if (s % 8 == 4) x += (0.6 * hiss + 0.5 * std::sin(2 * M_PI * 190 * t)) * std::exp(-t * 20);
            loop[s * step + i] += float(5.2 * x);
        }
    return loop;
}

}  // namespace

TEST_CASE("limiter: below the ceiling it is a delay of 64 frames, bit for bit", "[sound]") {
    for (const double db : {-2., -1.1, -40.}) {
        const Samples tone = sine(997, std::pow(10, db / 20), 48000), other = sine(3001, 0.5, 48000);
        const Limited out = limit(tone, other);
        size_t differ = 0;
        for (size_t i = 64; i < tone.size(); ++i)
            differ += out.left[i] != tone[i - 64] || out.right[i] != other[i - 64];
        CHECK(differ == 0);
        CHECK(out.reduction == 0);
    }
}

TEST_CASE("limiter: a sine 6 dB over comes out just below the ceiling with a SINAD of 120 dB", "[sound]") {
    for (const double hertz : {50., 997., 5000., 15000.}) {
        const Limited out = limit(sine(hertz, 2, 96000), Samples(96000));
        const Samples late(out.left.begin() + 48000, out.left.end());
        INFO(hertz);
        CHECK(true_peak_db(late) == Approx(-1.125).margin(0.125));
        CHECK(sinad(late.data(), late.size(), hertz, 48000) > 120);
    }
}

TEST_CASE("limiter: drums 16 dB over leave no true peak above the ceiling", "[sound]") {
    const Samples loud = drums();
    CHECK(decibels(peak(loud)) > 14);
    const Limited out = limit(loud, loud);
    INFO(true_peak_db(out.left) << " dB true peak, " << out.reduction << " dB reduction");
    CHECK(true_peak_db(out.left) < -0.9);
    CHECK(decibels(peak(out.left)) < -0.99);
    CHECK(out.left == out.right);
}

TEST_CASE("limiter: recovers to exactly 1 after a peak, and makes no step on the way", "[sound]") {
    Samples tone = sine(500, 0.5, 96000);
    for (size_t i = 10000; i < 10100; ++i) tone[i] *= 6;
    const Limited out = limit(tone, tone);
    size_t differ = 0;
    for (size_t i = 80000; i < tone.size(); ++i) differ += out.left[i] != tone[i - 64];
    CHECK(differ == 0);
    // Where the tone is not at zero, the gain shows.
    double step = 0, last = 1;
    for (size_t i = 11000; i < tone.size(); ++i) {
        if (std::fabs(tone[i - 64]) < 0.4) continue;
        const double gain = out.left[i] / tone[i - 64];
        if (std::fabs(tone[i - 65]) >= 0.4) step = std::max(step, std::fabs(gain - last));
        last = gain;
    }
    CHECK(step < 1e-3);
}

TEST_CASE("limiter: turned off it lets all through, and in place is the same as not", "[sound]") {
    chronus::Limiter off;
    off.enabled = false;
    const Samples loud = sine(997, 4, 9600);
    const Limited out = limit(loud, loud, off);
    size_t differ = 0;
    for (size_t i = 64; i < loud.size(); ++i) differ += out.left[i] != loud[i - 64];
    CHECK(differ == 0);
    chronus::Limiter limiter;
    limiter.set_rate(48000);
    Samples left = loud, right = loud;
    for (size_t i = 0; i < left.size(); i += 48)
        limiter.process(&left[i], &right[i], &left[i], &right[i], 48);
    CHECK(left == limit(loud, loud).left);
}

TEST_CASE("limiter: the module is the engine's limiter, with a gain before it", "[sound]") {
    const Samples tone = sine(997, 0.5, 48000);
    Specimen s("limiter");
    const Samples out = s.set("gain", 12).set("ceiling", -3).feed("left", tone).render(48000, "left");
    CHECK(true_peak_db(Samples(out.begin() + 24000, out.end())) == Approx(-3.17).margin(0.06));
}
