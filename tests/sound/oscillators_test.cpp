// Pitch, purity and aliasing of what oscillates.
#include "catch.h"
#include "sound/lines.h"

using namespace sound;

namespace {

double pitch_error(const std::string& type, float hertz, double rate = 48000) {
    Specimen s(type, rate);
    s.set("freq", hertz);
    const Samples wave = s.render(96000, "out");
    return cents(frequency(wave.data(), wave.size(), hertz, rate), hertz);
}

}  // namespace

TEST_CASE("sine: in tune to a hundredth of a cent at any pitch and rate", "[sound]") {
    for (const float hertz : {20.f, 261.6256f, 440.f, 997.f, 5000.f, 19000.f})
        for (const double rate : {44100., 48000., 96000.}) {
            INFO(hertz << " Hz at " << rate);
            CHECK(std::fabs(pitch_error("sine", hertz, rate)) < 1e-5);
        }
}

TEST_CASE("saw and square: in tune to a hundredth of a cent", "[sound]") {
    for (const char* type : {"saw", "square"})
        for (const float hertz : {55.f, 440.f, 1244.5f, 4186.f}) {
            INFO(type << " " << hertz);
            CHECK(std::fabs(pitch_error(type, hertz)) < 0.01);
        }
}

TEST_CASE("sine: distortion and noise 143 dB down", "[sound]") {
    for (const float hertz : {20.f, 440.f, 997.f, 5000.f, 15000.f}) {
        Specimen s("sine");
        const Samples wave = s.set("freq", hertz).render(65536, "out");
        INFO(hertz);
        CHECK(sinad(wave.data(), wave.size(), hertz, 48000) > 143);
    }
}

TEST_CASE("sine: the phase after a minute is what arithmetic says", "[sound]") {
    Specimen s("sine");
    s.set("freq", 1000.1f);
    s.render(48000 * 60 - 48000);
    const Samples wave = s.render(48000, "out");
    const double frames = 48000. * 59;
    const double wanted = std::fmod(double(1000.1f) / 48000 * frames, 1.0);
    double off = fit_sine(wave.data(), wave.size(), 1000.1f, 48000).phase - wanted;
    off -= std::round(off);
    CHECK(std::fabs(off) < 1e-6);
}

TEST_CASE("oscillators of one pitch stay in phase, also where one gets it by a cable", "[sound]") {
    for (const char* type : {"sine", "saw", "square", "vco"}) {
        Specimen flat(type), moving(type);
        flat.set("freq", 1234.5f);
        moving.feed("freq", Samples(48000, 1234.5f));
        const Samples a = flat.render(48000, "out"), b = moving.render(48000, "out");
        double most = 0;
        for (size_t i = 0; i < a.size(); ++i) most = std::max(most, double(std::fabs(a[i] - b[i])));
        INFO(type);
        CHECK(most < 1e-6);
    }
}

TEST_CASE("saw: aliases 110 dB down, harmonics as 1/n", "[sound]") {
    for (const float hertz : {55.f, 440.f, 1244.5f, 4186.f}) {
        const Samples wave = Specimen("saw").set("freq", hertz).render(66560, "out");
        const Lines lines = lines_of(wave, hertz, [](int h) { return 2 / (M_PI * h); });
        INFO(hertz << " Hz: worst " << lines.alias_db << " dB, all " << lines.alias_sum_db << " dB");
        CHECK(lines.alias_db < -110);
        CHECK(lines.alias_sum_db < -105);
        CHECK(lines.stray_db < 0.01);
    }
}

TEST_CASE("square: aliases 110 dB down at any width, harmonics as they should be, no offset", "[sound]") {
    for (const float width : {0.5f, 0.3f, 0.05f})
        for (const float hertz : {55.f, 440.f, 1244.5f, 4186.f}) {
            const Samples wave =
                Specimen("square").set("freq", hertz).set("width", width).render(66560, "out");
            const Lines lines = lines_of(
                wave, hertz, [&](int h) { return std::fabs(std::sin(M_PI * h * width)) * 4 / (M_PI * h); });
            INFO(width << " at " << hertz << " Hz: worst " << lines.alias_db << " dB, all "
                       << lines.alias_sum_db << " dB");
            CHECK(lines.alias_db < -110);
            CHECK(lines.alias_sum_db < -105);
            CHECK(lines.stray_db < 0.01);
        }
}

TEST_CASE("square: a moving width makes no clicks", "[sound]") {
    Samples width(48000);
    for (size_t i = 0; i < width.size(); ++i) width[i] = 0.5f + 0.45f * float(std::sin(double(i) * 3e-3));
    const Samples wave = Specimen("square").set("freq", 100).feed("width", width).render(48000, "out");
    CHECK(peak(wave) < 2.4);
}

TEST_CASE("a saw and a sine of one pitch have their fundamentals together, but for the saw's 24 frames",
          "[sound]") {
    const Samples saw = Specimen("saw").set("freq", 1000).render(48000, "out");
    double turn = fit_sine(saw.data() + 24, 24000, 1000, 48000).phase;
    turn -= std::round(turn);
    CHECK(std::fabs(turn - 1000. / 48000) < 0.001);  // the saw moves before it is heard
}
