// The overdrive: aliases, loudness, tone.
#include "catch.h"
#include "sound/measure.h"
#include "sound/specimen.h"

using namespace sound;

namespace {

Samples sine(double hertz, double height, size_t length) {
    Samples samples(length);
    for (size_t i = 0; i < length; ++i)
        samples[i] = float(height * std::sin(2 * M_PI * std::fmod(hertz / 48000 * double(i), 1.0)));
    return samples;
}

// The loudest line that is no harmonic, against the fundamental.
double aliases(const Samples& out, double hertz) {
    const size_t n = 1 << 15;
    const std::vector<double> lines = spectrum(out.data() + 2048, n);
    double worst = 0, fundamental = 0;
    for (size_t k = 0; k < n / 2; ++k) {
        const double order = double(k) * 48000 / double(n) / hertz;
        const double off = std::fabs(order - std::round(order)) * hertz * double(n) / 48000;
        if (off > kLobe)
            worst = std::max(worst, lines[k]);
        else if (std::lround(order) == 1)
            fundamental = std::max(fundamental, lines[k]);
    }
    return decibels(worst / fundamental);
}

}  // namespace

TEST_CASE("drive: tanh(10 sin) at 1244.5 Hz has its aliases 90 dB down, and 70 at full drive", "[sound]") {
    const Samples tone = sine(1244.5, 0.35, 40000);
    // 2^(6 x) times 0.35 is 10 at x = 0.806.
    CHECK(aliases(Specimen("drive").set("drive", 0.806f).feed("in", tone).render(40000, "out"), 1244.5) <
          -90);
    CHECK(aliases(Specimen("drive").set("drive", 1).feed("in", tone).render(40000, "out"), 1244.5) < -70);
}

TEST_CASE("drive: as loud at every setting, to 3 dB", "[sound]") {
    const Samples tone = sine(220, 0.35, 24000);
    for (const float drive : {0.f, 0.25f, 0.5f, 0.75f, 1.f})
        for (const float mix : {0.f, 0.5f, 1.f}) {
            const Samples out =
                Specimen("drive").set("drive", drive).set("mix", mix).feed("in", tone).render(24000, "out");
            INFO("drive " << drive << " mix " << mix);
            CHECK(decibels(rms(out, 4800) / rms(tone, 4800)) == Approx(0).margin(3.2));
        }
}

TEST_CASE("drive: nothing at mix 0 but the filters' phase, dark and bright to either side", "[sound]") {
    const Samples tone = sine(1000, 0.5, 24000);
    const Samples dry = Specimen("drive").set("drive", 1).set("mix", 0).feed("in", tone).render(24000, "out");
    CHECK(sinad(dry.data() + 4800, 16000, 1000, 48000) > 110);
    CHECK(rms(dry, 4800) == Approx(rms(tone, 4800)).epsilon(1e-3));
    const auto treble = [](float tone) {
        return rms(Specimen("drive")
                       .set("drive", 0)
                       .set("tone", tone)
                       .feed("in", sine(6000, 0.1, 24000))
                       .render(24000, "out"),
                   4800);
    };
    CHECK(decibels(treble(0) / treble(0.5f)) == Approx(-11).margin(2));
    CHECK(decibels(treble(1) / treble(0.5f)) == Approx(11).margin(2));
}
