// Comb, vowels, equalizer and blocker of offsets: responses, tuning, and good behaviour.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

// The textbook's response of a biquad (R. Bristow-Johnson, "Cookbook formulae for audio equalizer biquads").
enum class Shape { low_shelf, peak, high_shelf };
double cookbook_db(Shape shape, double corner, double gain_db, double q, double hertz) {
    const double a = std::pow(10, gain_db / 40), w = 2 * M_PI * corner / 48000, c = std::cos(w);
    const double alpha = std::sin(w) / (2 * q), r = 2 * std::sqrt(a) * alpha;
    double n[3], d[3];
    if (shape == Shape::peak) {
        n[0] = 1 + alpha * a, n[1] = -2 * c, n[2] = 1 - alpha * a;
        d[0] = 1 + alpha / a, d[1] = -2 * c, d[2] = 1 - alpha / a;
    } else {
        const double s = shape == Shape::low_shelf ? 1 : -1;
        n[0] = a * (a + 1 - s * (a - 1) * c + r), n[1] = s * 2 * a * (a - 1 - s * (a + 1) * c);
        n[2] = a * (a + 1 - s * (a - 1) * c - r), d[0] = a + 1 + s * (a - 1) * c + r;
        d[1] = -s * 2 * (a - 1 + s * (a + 1) * c), d[2] = a + 1 + s * (a - 1) * c - r;
    }
    const std::complex<double> z = std::polar(1.0, -2 * M_PI * hertz / 48000);
    return decibels(std::abs((n[0] + z * (n[1] + z * n[2])) / (d[0] + z * (d[1] + z * d[2]))));
}

}  // namespace

TEST_CASE("eq: each band has the cookbook's response, to 0.02 dB", "[sound][tone]") {
    const struct {
        const char *gain, *freq, *q;
        Shape shape;
        float hertz, width;
    } bands[] = {{"low", "low_freq", "", Shape::low_shelf, 150, float(M_SQRT1_2)},
                 {"peak1", "freq1", "q1", Shape::peak, 700, 3},
                 {"peak2", "freq2", "q2", Shape::peak, 9000, 0.7f},
                 {"high", "high_freq", "", Shape::high_shelf, 5000, float(M_SQRT1_2)}};
    for (const auto& band : bands)
        for (const float gain : {-18.f, -3.f, 6.f, 18.f}) {
            Specimen s("eq");
            s.set(band.gain, gain).set(band.freq, band.hertz);
            if (*band.q) s.set(band.q, band.width);
            const ResponseOf response{s.feed("left", impulse(1, 64)).render(32768, "left")};
            for (const double hertz : {30., 150., 500., 700., 1200., 5000., 9000., 16000.}) {
                INFO(band.gain << " " << gain << " dB at " << hertz);
                CHECK(response.db(hertz) ==
                      Approx(cookbook_db(band.shape, band.hertz, gain, band.width, hertz)).margin(0.02));
            }
        }
}

TEST_CASE("eq: at rest it changes nothing, and each side is its own", "[sound][tone]") {
    Specimen s("eq");
    const Samples in = noise(9600, 0.5f, 1);
    const auto out = s.feed("left", in).render(9600);
    CHECK(peak(out.at("right")) == 0);
    double off = 0;
    for (size_t i = 0; i < in.size(); ++i) off = std::max(off, std::fabs(double(out.at("left")[i]) - in[i]));
    CHECK(decibels(off) < -110);
}

TEST_CASE("dc: an offset is gone in a second, the bass is not", "[sound][tone]") {
    Specimen s("dc");
    const Samples out = s.feed("left", Samples(96000, 1.f)).render(96000, "left");
    CHECK(decibels(peak(out, 48000)) < -100);
    const ResponseOf response{Specimen("dc").feed("left", impulse(1, 64)).render(96000, "left")};
    CHECK(response.db(5) == Approx(-3.01).margin(0.05));
    CHECK(response.db(40) > -0.1);
    CHECK(response.db(1000) == Approx(0).margin(0.001));
}

TEST_CASE("comb: rings at its pitch to half a cent, at any damping, and at the height its feedback gives",
          "[sound][tone]") {
    for (const float hertz : {55.f, 440.f, 1760.f, 4000.f})
        for (const float damp : {0.f, 1.f}) {
            Specimen s("comb");
            s.set("freq", hertz).set("feedback", 0.99f).set("damp", damp).feed("in", impulse(0.01f, 64));
            const ResponseOf response{s.render(24000, "out")};
            double low = hertz * 0.99, high = hertz * 1.01;  // the top, by thirds
            while (high / low > 1.00001) {
                const double a = low + (high - low) / 3, b = high - (high - low) / 3;
                (response(a) < response(b) ? low : high) = response(a) < response(b) ? a : b;
            }
            INFO(hertz << " Hz, damp " << damp);
            CHECK(std::fabs(cents(low, hertz)) < 0.5);
        }
    Specimen s("comb");
    s.set("freq", 200).set("feedback", 0.9f).set("damp", 0).feed("in", impulse(0.01f, 64));
    const ResponseOf response{s.render(48000, "out"), 0.01};
    const double level = std::sqrt(1 - 0.81);
    for (const double harmonic : {1., 2., 10., 30.}) {
        CHECK(response(200 * harmonic) / level == Approx(10).epsilon(0.01));
        CHECK(response(200 * (harmonic + 0.5)) / level == Approx(1 / 1.9).epsilon(0.01));
    }
    Specimen hollow("comb");
    hollow.set("freq", 200).set("feedback", -0.9f).set("damp", 0).feed("in", impulse(0.01f, 64));
    const ResponseOf odd{hollow.render(48000, "out"), 0.01};
    CHECK(odd(100) / level == Approx(10).epsilon(0.01));
    CHECK(odd(200) / level == Approx(1 / 1.9).epsilon(0.01));
}

TEST_CASE("comb: noise is as loud at every feedback, to 2 dB, and damping dulls", "[sound][tone]") {
    const Samples in = noise(96000, 0.1f, 2);
    for (const float feedback : {-0.9f, 0.f, 0.5f, 0.95f}) {
        const Samples out =
            Specimen("comb").set("feedback", feedback).set("damp", 0).feed("in", in).render(96000, "out");
        INFO(feedback);
        CHECK(decibels(rms(out, 48000) / rms(in, 48000)) == Approx(0).margin(2));
    }
    const auto treble = [](float damp) {
        return ResponseOf{Specimen("comb")
                              .set("freq", 200)
                              .set("damp", damp)
                              .feed("in", impulse(0.01f, 64))
                              .render(48000, "out")}(10000);
    };
    CHECK(treble(1) < 0.4 * treble(0));
}

TEST_CASE("formant: each vowel stands at its formants, and a shift moves them all", "[sound][tone]") {
    const double first[] = {650, 400, 290, 400, 350}, second[] = {1080, 1700, 1870, 800, 600};
    for (int vowel = 0; vowel < 5; ++vowel)
        for (const float shift : {0.f, 0.5f}) {
            Specimen s("formant");
            s.set("vowel", float(vowel)).set("shift", shift).feed("in", impulse(1, 64));
            const ResponseOf response{s.render(24000, "out")};
            const auto top_near = [&](double hertz) {
                double most = 0, at = 0;
                for (double f = hertz * 0.85; f < hertz * 1.15; f *= 1.002)
                    if (const double r = response(f); r > most) most = r, at = f;
                return at;
            };
            const double up = std::exp2(shift);
            INFO("vowel " << vowel << " shift " << shift);
            CHECK(top_near(first[vowel] * up) == Approx(first[vowel] * up).epsilon(0.02));
            if (vowel < 4)  // u has next to nothing there
                CHECK(top_near(second[vowel] * up) == Approx(second[vowel] * up).epsilon(0.03));
            CHECK(response(first[vowel] * up) > 3 * response(9000));
        }
}

TEST_CASE("formant: a saw leaves every vowel about as loud as it came, and a moving one has no clicks",
          "[sound][tone]") {
    const Samples in = saw(110, 0.3, 48000);
    for (int vowel = 0; vowel < 5; ++vowel) {
        const Samples out =
            Specimen("formant").set("vowel", float(vowel)).feed("in", in).render(48000, "out");
        INFO(vowel);
        CHECK(decibels(rms(out, 4800) / rms(in, 4800)) == Approx(0).margin(5));
        CHECK(peak(out) < 2);
    }
    Samples moving(48000);
    for (size_t i = 0; i < moving.size(); ++i) moving[i] = 2 + 2 * float(std::sin(double(i) * 1e-3));
    CHECK(treble_db(Specimen("formant")
                        .feed("vowel", moving)
                        .feed("in", sine(440, 0.5, 48000))
                        .render(48000, "out")) < -90);
}

TEST_CASE("comb, formant and eq stay finite and bounded when every setting jumps each frame",
          "[sound][tone]") {
    const size_t n = 48000;
    Specimen comb("comb"), formant("formant"), eq("eq");
    comb.feed("in", noise(n, 0.59f, 1))
        .feed("freq", jumps(n, 20, 5000, 2))
        .feed("feedback", jumps(n, -0.99f, 0.99f, 3));
    formant.feed("in", noise(n, 0.59f, 4))
        .feed("vowel", jumps(n, 0, 4, 5))
        .feed("width", jumps(n, 0.3f, 4, 6));
    eq.feed("left", noise(n, 0.59f, 7))
        .feed("freq1", jumps(n, 20, 18000, 8))
        .feed("peak1", jumps(n, -18, 18, 9));
    eq.feed("q1", jumps(n, 0.3f, 10, 10)).feed("low_freq", jumps(n, 20, 1000, 11)).set("low", 18);
    const Samples a = comb.render(n, "out"), b = formant.render(n, "out"), c = eq.render(n, "left");
    CHECK((finite(a) && finite(b) && finite(c)));
    CHECK(peak(a) < 2.6);
    CHECK(peak(b) < 4);
    CHECK(peak(c) < 60);
}
