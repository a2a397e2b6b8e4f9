// The vocoder: its bands, its times, and what becomes of a hiss.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

constexpr size_t kSecond = 48000;

Specimen& spoken(Specimen& s, const Samples& voice, const Samples& carrier) {
    return s.feed("in", voice).feed("carrier", carrier);
}

// The mean power of a third of an octave about a pitch, in dB.
double density_db(const Samples& x, double hertz, size_t first = 2 * kSecond) {
    constexpr size_t kLength = 16384;
    double sum = 0, count = 0;
    for (size_t at = first; at + kLength <= x.size(); at += kLength) {
        const std::vector<double> lines = spectrum(&x[at], kLength);
        for (size_t k = size_t(hertz / 1.12 * kLength / 48000);
             k < size_t(hertz * 1.12 * kLength / 48000) + 1; ++k)
            sum += lines[k] * lines[k], ++count;
    }
    return 10 * std::log10(sum / count + 1e-30);
}

}  // namespace

TEST_CASE("vocoder: a tone opens its own band, 24 dB down an octave off and 48 two", "[sound][vocoder]") {
    for (const float shift : {0.f, 1.f}) {
        const double centre = 110 * std::exp2(5 * 0.4237);
        Specimen s("vocoder");
        s.set("unvoiced", 0).set("shift", shift);
        const Samples out =
            spoken(s, sine(centre, 0.5, 6 * kSecond), noise(6 * kSecond, 0.5, 3)).render(6 * kSecond, "out");
        const double up = std::exp2(shift), top = density_db(out, centre * up);
        INFO("shift " << shift);
        for (const double octave : {-2., -1., 1., 2.})
            CHECK(density_db(out, centre * up * std::exp2(octave)) - top < -24 * std::fabs(octave));
        CHECK(density_db(out, centre * up * 1.2) - top > -12);
    }
}

TEST_CASE("vocoder: nothing of the carrier is lost between two bands", "[sound][vocoder]") {
    Specimen s("vocoder");
    s.set("unvoiced", 0).set("release", 2).set("attack", 0.2f);
    const Samples carrier = noise(12 * kSecond, 0.5, 2);
    const Samples out = spoken(s, noise(12 * kSecond, 0.5, 1), carrier).render(12 * kSecond, "out");
    // White noise has the more power in a band the wider that is: 3 dB more each octave, but no dents.
    double low = 1e9, high = -1e9;
    for (double hertz = 150; hertz < 8000; hertz *= 1.1) {
        const double gain =
            density_db(out, hertz) - density_db(carrier, hertz) - 10 * std::log10(hertz / 1000);
        low = std::min(low, gain), high = std::max(high, gain);
    }
    INFO(low << " to " << high);
    CHECK(high - low < 4);
}

TEST_CASE("vocoder: silent without a voice and without a carrier; mix 0 is the voice", "[sound][vocoder]") {
    const Samples one = saw(110, 0.3, kSecond), other = saw(165, 0.3, kSecond);
    Specimen mute("vocoder"), dry("vocoder"), idle("vocoder");
    CHECK(peak(spoken(mute, Samples(64), other).render(kSecond, "out")) < 1e-6);
    CHECK(peak(spoken(idle, one, Samples(64)).set("unvoiced", 0).render(kSecond, "out")) == 0);
    CHECK(spoken(dry, one, other).set("mix", 0).render(kSecond, "out") == one);
}

TEST_CASE("vocoder: a saw that speaks with a saw is as loud as it was, to 3 dB", "[sound][vocoder]") {
    for (const double hertz : {80., 110., 220.}) {
        const Samples voice = saw(hertz, 0.3, 2 * kSecond);
        Specimen s("vocoder");
        const Samples out = spoken(s, voice, saw(hertz * 1.5, 0.3, 2 * kSecond)).render(2 * kSecond, "out");
        INFO(hertz);
        CHECK(decibels(rms(out, 9600) / rms(voice, 9600)) == Approx(0).margin(3));
    }
}

TEST_CASE("vocoder: opens and closes in the times it is told", "[sound][vocoder]") {
    const double hertz = 110 * std::exp2(8 * 0.4237);
    const auto level_after = [&](float attack, float release, size_t voiced, size_t frames) {
        Samples voice = sine(hertz, 0.5, voiced + frames);
        std::fill(voice.begin() + long(voiced), voice.end(), 0.f);
        Specimen s("vocoder");
        s.set("attack", attack).set("release", release).set("unvoiced", 0);
        const Samples out = spoken(s, voice, sine(hertz, 0.5, voice.size())).render(voice.size(), "out");
        return rms(out, voiced + frames - 64, voiced + frames);
    };
    const double full = level_after(0.001f, 0.1f, 2 * kSecond, 0);
    CHECK(level_after(0.1f, 1, 4800, 0) / full == Approx(0.63).margin(0.06));
    CHECK(level_after(0.02f, 1, 960, 0) / full == Approx(0.6).margin(0.1));
    CHECK(level_after(0.001f, 0.1f, kSecond, 4800) / full == Approx(0.37).margin(0.05));
    CHECK(level_after(0.001f, 0.5f, kSecond, 24000) / full == Approx(0.37).margin(0.05));
}

TEST_CASE("vocoder: a hiss is spoken by noise, a vowel is not", "[sound][vocoder]") {
    Samples hiss = noise(2 * kSecond, 0.3, 9);
    for (size_t i = hiss.size(); i-- > 1;) hiss[i] -= hiss[i - 1];
    const Samples carrier = saw(110, 0.3, 2 * kSecond), vowel = saw(150, 0.3, 2 * kSecond);
    const auto level = [&](const Samples& voice, float unvoiced) {
        Specimen s("vocoder");
        return rms(spoken(s, voice, carrier).set("unvoiced", unvoiced).render(voice.size(), "out"), 9600);
    };
    CHECK(decibels(level(hiss, 0) / rms(hiss)) < -12);
    CHECK(decibels(level(hiss, 0.5f) / rms(hiss)) == Approx(0).margin(4));
    CHECK(decibels(level(vowel, 1) / level(vowel, 0)) == Approx(0).margin(0.01));
}

TEST_CASE("vocoder: settings that move make no click in a low voice", "[sound][vocoder]") {
    for (const char* input : {"shift", "mix", "unvoiced"}) {
        Specimen s("vocoder");
        Samples moving(2 * kSecond);
        for (size_t i = 0; i < moving.size(); ++i)
            moving[i] = 0.5f + 0.5f * float(std::sin(double(i) * 5e-4));
        s.feed(input, moving);
        const Samples tone = sine(220, 0.5, 2 * kSecond);
        const Samples out = spoken(s, tone, tone).render(2 * kSecond, "out");
        INFO(input << " " << treble_db({out.begin() + 9600, out.end()}));
        CHECK(treble_db({out.begin() + 9600, out.end()}) < -80);
    }
}
