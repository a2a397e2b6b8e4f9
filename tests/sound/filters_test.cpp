// Corner frequencies, resonance and good behaviour of the filters.
#include <functional>
#include <random>

#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

// The response of a filter that is still, from its impulse response.
struct Response {
    Samples taps;
    float height;
    double operator()(double hertz) const {
        std::complex<double> sum = 0;
        for (size_t i = 0; i < taps.size(); ++i)
            sum += double(taps[i]) * std::polar(1.0, -2 * M_PI * std::fmod(hertz / 48000 * double(i), 1.0));
        return std::abs(sum) / height;
    }
};

// Where a falling response passes `gain`.
double corner(const Response& response, double gain, double low, double high) {
    for (int i = 0; i < 40; ++i) {
        const double middle = std::sqrt(low * high);
        (response(middle) > gain ? low : high) = middle;
    }
    return low;
}

}  // namespace

TEST_CASE("svf: the corner is where it is said to be, to a hundredth of a cent", "[sound]") {
    for (const float hertz : {100.f, 1000.f, 5000.f, 10000.f}) {
        Specimen s("svf");
        const Response low{
            s.set("cutoff", hertz).set("q", float(M_SQRT1_2)).feed("in", impulse(1, 64)).render(8192, "low"),
            1};
        INFO(hertz);
        CHECK(std::fabs(cents(corner(low, M_SQRT1_2, hertz / 2, std::min(hertz * 2, 23000.f)), hertz)) <
              0.01);
    }
}

TEST_CASE("svf: every response is the one that its name says", "[sound]") {
    Specimen s("svf");
    auto out = s.set("cutoff", 1000).set("q", 4).feed("in", impulse(1, 64)).render(8192);
    const Response low{out["low"], 1}, band{out["band"], 1}, high{out["high"], 1};
    CHECK(low(20) == Approx(1).margin(0.01));
    CHECK(low(1000) == Approx(4).margin(0.01));
    CHECK(band(1000) == Approx(1).margin(0.001));
    CHECK(high(20000) == Approx(1).margin(0.01));
    CHECK(decibels(high(100)) == Approx(-40).margin(0.2));
    const double expected[5][3] = {{1, 4, 0.0027}, {0.01, 4, 1}, {0.025, 1, 0.013}, {1, 0, 1}, {1, 8, 1}};
    for (int mode = 0; mode < 5; ++mode) {
        Specimen m("svf");
        m.set("cutoff", 1000).set("q", 4).set("mode", float(mode)).render(4800);
        const Response response{m.feed("in", impulse(1, 64)).render(8192, "out"), 1};
        INFO("mode " << mode);
        CHECK(response(100) == Approx(expected[mode][0]).margin(0.02));
        CHECK(response(1000) == Approx(expected[mode][1]).margin(0.02));
        CHECK(response(15000) == Approx(expected[mode][2]).margin(0.02));
    }
}

TEST_CASE("ladder: the corner of a small signal is where it is said to be, to a hundredth of a cent",
          "[sound]") {
    for (const float hertz : {100.f, 1000.f, 5000.f, 10000.f}) {
        Specimen s("ladder");
        const Response out{
            s.set("cutoff", hertz).set("resonance", 0).feed("in", impulse(0.001f, 64)).render(16384, "out"),
            0.001f};
        INFO(hertz);
        CHECK(std::fabs(cents(corner(out, 0.25, hertz / 2, std::min(hertz * 2, 23000.f)), hertz)) < 0.01);
        CHECK(decibels(out(hertz / 100)) == Approx(0).margin(0.01));
    }
}

TEST_CASE(
    "ladder: whistles in tune to a tenth of a cent at full resonance, sustained and bounded, and not below "
    "0.9",
    "[sound]") {
    for (const float hertz : {100.f, 1000.f, 5000.f, 10000.f}) {
        Specimen s("ladder");
        s.set("cutoff", hertz).set("resonance", 1).feed("in", impulse(0.5f, 64)).render(48000);
        const Samples early = s.render(48000, "out");
        s.render(96000);
        const Samples late = s.render(48000, "out");
        INFO(hertz << ": " << peak(late));
        CHECK(std::fabs(cents(frequency(late.data(), late.size(), hertz, 48000), hertz)) < 0.1);
        CHECK(peak(late) > 0.05);
        CHECK(peak(late) < 1);
        CHECK(decibels(peak(late) / peak(early)) == Approx(0).margin(0.1));
        Specimen quiet("ladder");
        quiet.set("cutoff", hertz).set("resonance", 0.9f).feed("in", impulse(0.5f, 64)).render(96000);
        CHECK(peak(quiet.render(48000, "out")) < 1e-4);
    }
}

TEST_CASE("filters stay finite and bounded when cutoff and resonance jump each frame", "[sound]") {
    std::mt19937 chance(7);
    const auto random = [&](float low, float high) {
        Samples samples(48000);
        for (float& s : samples) s = low * std::pow(high / low, float(chance()) / 4294967296.f);
        return samples;
    };
    Specimen svf("svf"), ladder("ladder"), acid("acid");
    svf.feed("in", noise(48000, 0.59f, 1)).feed("cutoff", random(20, 18000)).feed("q", random(0.5f, 20));
    ladder.feed("in", noise(48000, 0.59f, 2))
        .feed("cutoff", random(20, 18000))
        .feed("resonance", random(0.01f, 1));
    acid.feed("in", noise(48000, 0.59f, 3))
        .feed("cutoff", random(80, 5000))
        .feed("res", random(0.01f, 0.98f));
    const Samples a = svf.render(48000, "low"), b = ladder.render(48000, "out"),
                  c = acid.render(48000, "out");
    CHECK((finite(a) && finite(b) && finite(c)));
    CHECK(peak(a) <= 2.6);
    CHECK(peak(b) <= 1.0);
    CHECK(peak(c) < 4);
}

TEST_CASE("svf and ladder stay bounded when their cutoff is swept at audio rates", "[sound]") {
    for (int seed = 1; seed <= 6; ++seed) {
        Samples sweep(48000);  // four octaves to either side
        for (size_t i = 0; i < sweep.size(); ++i)
            sweep[i] = 1000 * float(std::exp2(4 * std::sin(double(i) * seed * 0.07)));
        Specimen svf("svf"), ladder("ladder");
        svf.feed("in", noise(48000, 0.59f, unsigned(seed))).feed("cutoff", sweep);
        ladder.feed("in", noise(48000, 0.59f, unsigned(seed))).feed("cutoff", sweep).set("resonance", 1);
        const auto of_svf = svf.render(48000);
        const Samples of_ladder = ladder.render(48000, "out");
        for (const auto& [name, samples] : of_svf) {
            INFO(name << " " << peak(samples));
            CHECK(finite(samples));
            CHECK(peak(samples) <= 2.6);
        }
        CHECK(finite(of_ladder));
        CHECK(peak(of_ladder) <= 1);
    }
}

TEST_CASE("svf: at 24 dB an octave as steep as that, level before the corner, and as high at it", "[sound]") {
    const auto response = [](int mode, float q) {
        Specimen s("svf");
        s.set("cutoff", 1000).set("q", q).set("mode", float(mode)).set("slope", 1).render(4800);
        return Response{s.feed("in", impulse(1, 64)).render(16384, "out"), 1};
    };
    const Response low = response(0, float(M_SQRT1_2)), high = response(1, float(M_SQRT1_2)),
                   band = response(2, 2), notch = response(3, 2);
    CHECK(decibels(low(4000) / low(2000)) == Approx(-24.8).margin(0.8));  // some of it the bilinear bend
    CHECK(decibels(high(100) / high(50)) == Approx(24).margin(0.3));
    CHECK(decibels(band(50) / band(100)) == Approx(-12).margin(0.3));
    CHECK(low(1000) == Approx(M_SQRT1_2).epsilon(1e-3));
    CHECK(high(1000) == Approx(M_SQRT1_2).epsilon(1e-3));
    CHECK(response(0, 8)(1000) == Approx(8).epsilon(1e-3));
    CHECK(band(1000) == Approx(1).epsilon(1e-3));
    CHECK(notch(1000) < 1e-3);
    for (double hertz = 20; hertz < 700; hertz *= 1.1) CHECK(decibels(low(hertz)) == Approx(0).margin(0.7));
}

TEST_CASE("svf: another slope comes without a click, and stays bounded under jumps", "[sound]") {
    Specimen s("svf");
    Samples tone(96000);
    for (size_t i = 0; i < tone.size(); ++i) tone[i] = float(std::sin(2 * M_PI * 220 / 48000 * double(i)));
    s.feed("in", tone).render(9600);
    double step = 0;
    for (const int slope : {1, 0, 1, 0}) {
        const Samples out = s.set("slope", float(slope)).render(4800, "out");
        for (size_t i = 1; i < out.size(); ++i) step = std::max(step, double(std::fabs(out[i] - out[i - 1])));
    }
    CHECK(step < 2 * 2 * M_PI * 220 / 48000);
    Specimen wild("svf");
    wild.set("slope", 1).feed("in", noise(48000, 0.59f, 1));
    wild.feed("cutoff", jumps(48000, 20, 18000, 5)).feed("q", jumps(48000, 0.5f, 20, 6));
    const Samples out = wild.render(48000, "out");
    CHECK(finite(out));
    CHECK(peak(out) < 6);
}

TEST_CASE("ladder: bass makes up for what resonance takes", "[sound]") {
    const auto level = [](float resonance, float bass) {
        Specimen s("ladder");
        Samples tone(24000);
        for (size_t i = 0; i < tone.size(); ++i)
            tone[i] = 0.05f * float(std::sin(2 * M_PI * 80 / 48000. * double(i)));
        return decibels(
            rms(s.set("resonance", resonance).set("bass", bass).feed("in", tone).render(24000, "out"),
                12000) /
            0.05 * M_SQRT2);
    };
    CHECK(level(0.8f, 0) == Approx(-12.9).margin(0.5));
    CHECK(level(0.8f, 1) == Approx(0).margin(0.5));
}

TEST_CASE("acid: the resonance sits at the cutoff and the envelope opens it", "[sound]") {
    Specimen s("acid");
    s.set("cutoff", 1000)
        .set("res", 0.9f)
        .set("env_amount", 0)
        .set("drive", 0)
        .feed("in", impulse(0.001f, 64));
    const Response out{s.render(16384, "out"), 0.001f};
    double top = 0, at = 0;
    for (double f = 500; f < 2000; f *= 1.002)
        if (const double r = out(f); r > top) top = r, at = f;
    CHECK(std::fabs(cents(at, 1000)) < 100);
    CHECK(decibels(out(8000) / out(4000)) < -16);

    const auto brightness = [](float velocity, float accent) {
        Specimen s("acid");
        s.set("cutoff", 300)
            .set("env_amount", 1000)
            .set("accent", accent)
            .feed("in", noise(9600, 0.3f, 4))
            .note(0, 4800, velocity);
        const Samples out = s.render(9600, "out");
        return std::pair(rms(out, 50, 800), rms(out, 8000, 9600));
    };
    CHECK(brightness(0.6f, 0).first > 1.5 * brightness(0.6f, 0).second);
    CHECK(brightness(1, 1).first > 1.25 * brightness(0.6f, 1).first);
    CHECK(brightness(0.6f, 1).first == brightness(0.6f, 0).first);
}

TEST_CASE("acid: 18 dB an octave from its third pole, as loud below the corner", "[sound]") {
    const auto response = [](int slope) {
        Specimen s("acid");
        s.set("cutoff", 500).set("res", 0.2f).set("env_amount", 0).set("drive", 0).set("slope", float(slope));
        s.render(4800);
        return Response{s.feed("in", impulse(0.001f, 64)).render(16384, "out"), 0.001f};
    };
    const Response steep = response(0), gentle = response(1);
    CHECK(decibels(gentle(30) / steep(30)) == Approx(0).margin(0.3));
    // With the feedback of the fourth pole, and its corners spread, the slopes are reached late.
    const auto fall = [](const Response& r) { return decibels(r(10000) / r(5000)); };
    CHECK(fall(steep) == Approx(-26).margin(2.5));
    CHECK(fall(gentle) - fall(steep) == Approx(6.5).margin(1));
}
