// The plucked string: pitch, times of its fall, brightness, place of the pick.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

// Amplitude of the line nearest to a frequency, and its phase in turns, in a window about a frame.
struct Line {
    double amplitude, phase;
};
Line line_at(const Samples& wave, size_t middle, size_t n, double hertz) {
    const std::vector<double>& window = window_of(n);
    std::complex<double> sum = 0;
    for (size_t i = 0; i < n; ++i) {
        const double turns = hertz / 48000 * (double(i) - double(n) / 2);
        sum += window[i] * wave[middle - n / 2 + i] * std::polar(1.0, -2 * M_PI * turns);
    }
    return {std::abs(sum), std::arg(sum) / (2 * M_PI)};
}

Samples plucked(Specimen& s, size_t frames, float velocity = 1) {
    return s.note(0, frames, velocity).render(frames, "out");
}

}  // namespace

TEST_CASE("pluck: in tune to a hundredth of a cent from 40 Hz to 4 kHz, at any brightness", "[sound][pluck]") {
    for (const float hertz : {40.f, 55.f, 82.41f, 110.f, 196.f, 440.f, 987.77f, 1760.f, 2637.f, 3322.4f, 4000.f})
        for (const float tone : {0.3f, 0.6f, 1.f}) {
            Specimen s("pluck");
            s.set("freq", hertz).set("decay", 30).set("tone", tone);
            const size_t n = hertz < 200 ? 32768 : 8192, apart = n / 4;
            const Samples wave = plucked(s, 44000);
            const Line first = line_at(wave, n / 2 + 2000, n, hertz);
            const Line second = line_at(wave, n / 2 + 2000 + apart, n, hertz);
            double turns = second.phase - first.phase - std::fmod(hertz / 48000. * double(apart), 1.0);
            turns -= std::round(turns);
            const double off = cents(hertz + turns * 48000 / double(apart), hertz);
            INFO(hertz << " Hz, tone " << tone << ": " << off << " cents, " << first.amplitude);
            CHECK(std::fabs(off) < 0.01);
        }
}

TEST_CASE("pluck: low strings fall silent in the time of their decay, and of their release", "[sound][pluck]") {
    const size_t n = 8192;
    for (const float hertz : {82.41f, 220.f, 440.f})
        for (const float seconds : {1.f, 4.f}) {
            Specimen held("pluck"), let_go("pluck");
            held.set("freq", hertz).set("decay", seconds).set("tone", 1);
            let_go.set("freq", hertz).set("decay", 30).set("release", seconds).set("tone", 1).note(0, 6000);
            for (const Samples& wave : {plucked(held, 48000), let_go.render(48000, "out")}) {
                const double fall = decibels(line_at(wave, 12000 + 19200, n, hertz).amplitude /
                                             line_at(wave, 12000, n, hertz).amplitude);
                INFO(hertz << " Hz, " << seconds << " s");
                CHECK(fall == Approx(-60 * 0.4 / seconds).epsilon(0.03));
            }
        }
}

TEST_CASE("pluck: in the middle it has few even harmonics, at a third few third ones", "[sound][pluck]") {
    for (const int part : {2, 3}) {
        Specimen s("pluck");
        const Samples wave = plucked(s.set("freq", 200).set("position", 1.f / float(part)).set("tone", 1), 24000);
        double missing = 0, others = 0;
        for (int h = 1; h <= 12; ++h) {
            const double line = line_at(wave, 12000, 8192, 200. * h).amplitude;
            (h % part == 0 ? missing : others) += line * line;
        }
        INFO(part);
        CHECK(10 * std::log10(missing / others) < -30);
    }
}

TEST_CASE("pluck: brighter as it is steel and as it is plucked harder, and of about one loudness everywhere",
          "[sound][pluck]") {
    const auto brightness = [](float tone, float velocity) {
        Specimen s("pluck");
        const Samples wave = plucked(s.set("freq", 110).set("tone", tone), 16384, velocity);
        const std::vector<double> lines = spectrum(wave.data(), 16384);
        double high = 0, all = 0;
        for (size_t k = 1; k < lines.size(); ++k) (k > 8192 * 2 / 24 ? high : all) += lines[k] * lines[k];
        return 10 * std::log10(high / (all + high));
    };
    CHECK(brightness(0.3f, 1) < brightness(0.6f, 1) - 3);
    CHECK(brightness(0.6f, 1) < brightness(1, 1) - 3);
    CHECK(brightness(0.6f, 0.3f) < brightness(0.6f, 1) - 3);
    for (float hertz = 40; hertz < 4000; hertz *= 1.5f)
        for (uint64_t seed = 1; seed <= 4; ++seed) {
            Specimen s("pluck", 48000, seed);
            const Samples wave = plucked(s.set("freq", hertz), 4800);
            INFO(hertz << " Hz, seed " << seed);
            CHECK(decibels(rms(wave) / 0.28) == Approx(0).margin(5));
            CHECK(peak(wave) < 1.5);
        }
}

TEST_CASE("pluck: plucked ever again it grows no louder, and leaves no offset", "[sound][pluck]") {
    for (const float hertz : {55.f, 440.f, 3520.f}) {
        Specimen s("pluck");
        s.set("freq", hertz).set("decay", 30).set("tone", 1);
        for (size_t i = 0; i < 40; ++i) s.note(i * 2400, 2000);
        const Samples wave = s.render(96000, "out");
        double offset = 0;
        for (size_t i = 48000; i < wave.size(); ++i) offset += wave[i] / 48000.;
        INFO(hertz);
        CHECK(peak(wave) < 2);
        CHECK(rms(wave, 48000) < 0.45);
        CHECK(std::fabs(offset) < 1e-3);
    }
}
