// The wavetable oscillator.
#include "catch.h"
#include "sound/measure.h"
#include "sound/signals.h"
#include "sound/specimen.h"
#include "sounds/stored_sound.h"
#include "sounds/wavetables.h"

using namespace sound;

namespace {

const chronus_sound& factory(const std::string& name) {
    static std::map<std::string, std::shared_ptr<const chronus::StoredSound>> made;
    auto& sound = made[name];
    if (!sound) sound = chronus::StoredSound::of(chronus::factory_table(name));
    return sound->view();
}

}  // namespace

TEST_CASE("wavetable: in tune, and free of aliases below 20 kHz", "[sound][wavetable]") {
    for (const float hertz : {30.f, 110.f, 440.f, 1244.5f, 4186.f}) {
        Specimen s("wavetable");
        s.load("table", factory("basic")).set("freq", hertz).set("level", 1);
        const size_t n = 1 << 16;
        INFO(hertz << " Hz");
        const Samples sine = s.set("morph", 0).render(2 * n, "out");
        CHECK(std::fabs(cents(frequency(sine.data(), sine.size(), hertz, 48000), hertz)) < 1e-4);
        const Samples wave = s.set("morph", 10.f / 15).render(2 * n, "out");  // the saw
        const std::vector<double> lines = spectrum(wave.data() + 256, n);
        const double bins = hertz * double(n) / 48000;
        double worst = 0;
        for (size_t k = kLobe + 1; k < size_t(n * 20000.0 / 48000); ++k) {
            const double distance = std::fabs(double(k) - bins * std::round(double(k) / bins));
            if (distance > kLobe + 1) worst = std::max(worst, lines[k]);
        }
        CHECK(decibels(worst) < -90);
    }
}

TEST_CASE("wavetable: the harmonics of the saw fall as 1/n up to 11 kHz at any pitch", "[sound][wavetable]") {
    for (const float hertz : {55.f, 300.f, 1200.f}) {
        Specimen s("wavetable");
        s.load("table", factory("basic")).set("freq", hertz).set("morph", 10.f / 15).set("level", 1);
        const Samples wave = s.render(1 << 16, "out");
        const double first = fit_sine(wave.data(), wave.size(), hertz, 48000).amplitude;
        for (int h = 2; h * hertz < 11000; h += h / 3 + 1) {
            INFO(hertz << " Hz, harmonic " << h);
            CHECK(decibels(fit_sine(wave.data(), wave.size(), h * double(hertz), 48000).amplitude * h / first) == Approx(0).margin(0.1));
        }
    }
}

TEST_CASE("wavetable: morph and pitch glide without a step", "[sound][wavetable]") {
    // The organ has nothing above its sixteenth harmonic: at 340 Hz that is 5.4 kHz, and what is above 8 would come of steps.
    Specimen s("wavetable");
    Samples morph, freq;
    for (size_t i = 0; i < 96000; ++i) {
        morph.push_back(float(i) / 96000);
        freq.push_back(float(60 * std::exp2(double(i) / 96000 * 2.5)));
    }
    s.load("table", factory("organ")).feed("morph", morph).feed("freq", freq).set("level", 1);
    const Samples wave = s.render(96000, "out");
    CHECK(rms(wave) > 0.1);
    CHECK(treble_db(wave) < -75);
}

TEST_CASE("wavetable: every set sounds, and within full scale and a little, at any morph and pitch", "[sound][wavetable]") {
    for (const std::string& name : chronus::factory_tables())
        for (const float hertz : {40.f, 261.6f, 1500.f})
            for (const float morph : {0.f, 0.33f, 0.71f, 1.f}) {
                Specimen s("wavetable");
                const Samples wave = s.load("table", factory(name)).set("morph", morph).set("freq", hertz).set("level", 1).render(9600, "out");
                INFO(name << ", " << hertz << " Hz, morph " << morph);
                CHECK(peak(wave) < 1.4);
                CHECK(rms(wave) > 0.05);
            }
}

TEST_CASE("wavetable: without a table it is silent", "[sound][wavetable]") {
    Specimen s("wavetable");
    s.set("table", 0);
    CHECK(peak(s.render(6400, "out")) == 0);
}
