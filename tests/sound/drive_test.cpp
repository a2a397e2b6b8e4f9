// The overdrive: aliases, loudness, tone.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

// The loudest line that is no harmonic, against the loudest that is one.
double aliases(const Samples& out, double hertz) {
    const size_t n = 1 << 15;
    const std::vector<double> lines = spectrum(out.data() + 2048, n);
    double worst = 0, tone = 0;
    for (size_t k = 0; k < n / 2; ++k) {
        const double order = double(k) * 48000 / double(n) / hertz;
        const double off = std::fabs(order - std::round(order)) * hertz * double(n) / 48000;
        if (off > kLobe)
            worst = std::max(worst, lines[k]);
        else
            tone = std::max(tone, lines[k]);
    }
    return decibels(worst / tone);
}

}  // namespace

TEST_CASE("drive: tanh(10 sin) at 1244.5 Hz has its aliases 90 dB down, and 70 at full drive", "[sound]") {
    const Samples tone = sine(1244.5, 0.35, 40000);
    // 2^(6 x) times 0.35 is 10 at x = 0.806.
    CHECK(aliases(Specimen("drive").set("drive", 0.806f).feed("in", tone).render(40000, "out"), 1244.5) <
          -90);
    CHECK(aliases(Specimen("drive").set("drive", 1).feed("in", tone).render(40000, "out"), 1244.5) < -70);
}

TEST_CASE("drive: aliases of the hard curve lie 84 dB down where tanh's lie 110, those of the folded one 140",
          "[sound]") {
    const Samples tone = sine(1244.5, 0.35, 40000);
    const auto aliases_of = [&](int shape, float drive) {
        Specimen s("drive");
        s.set("shape", float(shape)).set("drive", drive).feed("in", tone);
        return aliases(s.render(40000, "out"), 1244.5);
    };
    CHECK(aliases_of(0, 0.806f) < -110);
    CHECK(aliases_of(1, 0.806f) < -84);
    CHECK(aliases_of(1, 0.5f) < -98);
    CHECK(aliases_of(2, 0.806f) < -140);
    CHECK(aliases_of(2, 1) < -74);
}

TEST_CASE("drive: each shape is the curve that its name says", "[sound]") {
    const Samples tone = sine(50, 0.35, 48000);
    for (int shape = 0; shape < 3; ++shape)
        for (const float drive : {0.f, 0.5f, 0.8f}) {
            Specimen s("drive");
            s.set("shape", float(shape)).set("drive", drive).feed("in", tone).render(24000);
            const Samples out = s.render(9600, "out");
            const double push = std::exp2(6 * drive), loud = 0.35 * push;
            const auto curve = [&](double x) {
                return shape == 0 ? std::tanh(x) : shape == 1 ? std::clamp(x, -1., 1.) : std::sin(x);
            };
            const double top = shape == 2 ? std::sin(std::min(loud, M_PI / 2)) : curve(loud);
            // The filters' delay at 50 Hz is found by the best fit.
            double least = 1;
            for (double late = 0; late < 12; late += 0.0625) {
                double off = 0;
                for (size_t i = 0; i < 960; ++i) {
                    const double x = 0.35 * std::sin(2 * M_PI * 50 / 48000 * (double(i) - late));
                    off = std::max(off, std::fabs(out[i] - 0.35 / top * curve(push * x)));
                }
                least = std::min(least, off);
            }
            INFO("shape " << shape << ", drive " << drive);
            CHECK(least < (shape == 1 ? 0.02 : 0.002));
        }
}

TEST_CASE("drive: another shape comes without a click", "[sound]") {
    Specimen s("drive");
    s.set("drive", 0.2f).feed("in", sine(220, 0.35, 96000)).render(24000);
    for (const int shape : {1, 2, 0, 2, 1, 0}) {
        s.set("shape", float(shape));
        CHECK(largest_step(s.render(6400, "out")) < 2 * largest_step(sine(220, 0.35, 4800)));
    }
}

TEST_CASE("drive: as loud at every setting and with every shape, to 3 dB", "[sound]") {
    const Samples tone = sine(220, 0.35, 24000);
    for (int shape = 0; shape < 3; ++shape)
        for (const float drive : {0.f, 0.25f, 0.5f, 0.75f, 1.f})
            for (const float mix : {0.f, 0.5f, 1.f}) {
                Specimen s("drive");
                s.set("shape", float(shape)).set("drive", drive).set("mix", mix).feed("in", tone);
                const Samples out = s.render(24000, "out");
                INFO("shape " << shape << " drive " << drive << " mix " << mix);
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
