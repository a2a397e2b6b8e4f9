// Ring modulator, frequency shifter, widener and crusher: which lines leave for those that come in.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

constexpr size_t kFrames = 1 << 15;

// The line at a frequency that falls on a bin, in dB.
double line_db(const Samples& out, double hertz, size_t first = 9600) {
    const std::vector<double> lines = spectrum(&out[first], kFrames);
    return decibels(lines[size_t(std::lround(hertz * kFrames / 48000))]);
}
double on_bin(double hertz) {
    return std::round(hertz * kFrames / 48000) * 48000 / kFrames;
}

}  // namespace

TEST_CASE("ring: sum and difference, and nothing else above -120 dB", "[sound][shift]") {
    const double tone = on_bin(1000), carrier = on_bin(300);
    Specimen s("ring");
    const Samples out = s.set("freq", float(carrier)).feed("in", sine(tone, 1, 48000)).render(48000, "out");
    CHECK(line_db(out, tone + carrier) == Approx(-6.02).margin(0.01));
    CHECK(line_db(out, tone - carrier) == Approx(-6.02).margin(0.01));
    std::vector<double> lines = spectrum(&out[9600], kFrames);
    double rest = 0;
    for (size_t k = 0; k < lines.size(); ++k) {
        const double hertz = double(k) * 48000 / kFrames, lobe = kLobe * 48000. / kFrames;
        if (std::fabs(hertz - tone - carrier) > lobe && std::fabs(hertz - tone + carrier) > lobe)
            rest = std::max(rest, lines[k]);
    }
    CHECK(decibels(rest) < -120);
}

TEST_CASE("ring: another sound as carrier, with its own sine off", "[sound][shift]") {
    Specimen s("ring");
    const Samples a = noise(4800, 1, 1), b = noise(4800, 1, 2);
    const Samples out = s.set("sine", 0).feed("in", a).feed("carrier", b).render(4800, "out");
    for (size_t i = 0; i < 4800; i += 97) CHECK(out[i] == Approx(a[i] * b[i]).margin(1e-6));
}

TEST_CASE("shift: one side band, the other 70 dB below it, up and down, over the whole range",
          "[sound][shift]") {
    for (const double hertz : {40., 200., 1000., 5000., 15000.})
        for (const double by : {17., 300., 2000.}) {
            const double tone = on_bin(hertz), moved = on_bin(by);
            Specimen s("shift");
            const auto out = s.set("shift", float(moved)).feed("in", sine(tone, 1, 48000)).render(48000);
            const double up = tone + moved, down = std::fabs(tone - moved);
            INFO(hertz << " Hz by " << by);
            CHECK(line_db(out.at("out"), up) == Approx(0).margin(0.05));
            CHECK(line_db(out.at("down"), down) == Approx(0).margin(0.05));
            if (down * kFrames / 48000 < 2 * kLobe) continue;  // hidden by what is at 0
            CHECK(line_db(out.at("out"), down) < -70);
            CHECK(line_db(out.at("down"), up) < -70);
        }
}

TEST_CASE("shift: a negative shift goes down", "[sound][shift]") {
    const double tone = on_bin(1000), moved = on_bin(250);
    Specimen s("shift");
    const Samples out = s.set("shift", float(-moved)).feed("in", sine(tone, 1, 48000)).render(48000, "out");
    CHECK(line_db(out, tone - moved) == Approx(0).margin(0.05));
    CHECK(line_db(out, tone + moved) < -70);
}

TEST_CASE("widener: mono becomes wide, its sum stays what it was, and the bass stays in the middle",
          "[sound][shift]") {
    const Samples in = noise(96000, 0.5f, 3);
    Specimen s("widener");
    const auto out = s.set("spread", 1).feed("left", in).feed("right", in).render(96000);
    const Samples &left = out.at("left"), &right = out.at("right");
    double both = 0, off = 0;
    for (size_t i = 0; i < in.size(); ++i) {
        both += double(left[i]) * right[i];
        off = std::max(off, std::fabs(0.5 * (double(left[i]) + right[i]) - in[i]));
    }
    CHECK(std::fabs(both / double(in.size()) / (rms(left) * rms(right))) < 0.2);
    CHECK(decibels(off) < -110);
    Specimen low("widener");
    const Samples bass = sine(40, 0.5, 48000);
    const auto narrow = low.set("spread", 1).feed("left", bass).feed("right", bass).render(48000);
    Samples side(48000);
    for (size_t i = 0; i < 48000; ++i) side[i] = narrow.at("left")[i] - narrow.at("right")[i];
    CHECK(decibels(rms(side, 9600) / rms(bass, 9600)) < -15);
}

TEST_CASE("widener: width 0 is mono, 1 is what came in, above the bass", "[sound][shift]") {
    const Samples a = sine(1000, 0.5, 48000), b = sine(1500, 0.5, 48000);
    const auto at = [&](float width) {
        return Specimen("widener")
            .set("spread", 0)
            .set("width", width)
            .set("bass", 20)
            .feed("left", a)
            .feed("right", b)
            .render(48000);
    };
    const auto mono = at(0), same = at(1);
    for (size_t i = 24000; i < 48000; i += 97) {
        CHECK(mono.at("left")[i] == mono.at("right")[i]);
        CHECK(same.at("left")[i] == Approx(a[i]).margin(0.03));
    }
}

TEST_CASE("crush: as many levels as bits give, and as many samples a second as asked", "[sound][shift]") {
    for (const int bits : {2, 4, 8, 12}) {
        Specimen s("crush");
        const Samples in = sine(on_bin(997), 0.999, 48000);
        const Samples out = s.set("bits", float(bits)).set("rate", 48000).feed("in", in).render(48000, "out");
        std::vector<float> levels = out;
        std::sort(levels.begin(), levels.end());
        levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
        INFO(bits << " bits");
        CHECK(levels.size() <= size_t(1 << bits) + 1);
        CHECK(levels.size() > size_t(1 << bits) * 9 / 10);
        if (bits >= 8)
            CHECK(sinad(out.data(), 48000, on_bin(997), 48000) == Approx(6.02 * bits + 1.76).margin(1.5));
    }
    Specimen s("crush");
    const Samples out =
        s.set("bits", 16).set("rate", 1000).feed("in", noise(48000, 0.9f, 5)).render(48000, "out");
    size_t changes = 0;
    for (size_t i = 1; i < out.size(); ++i) changes += out[i] != out[i - 1];
    CHECK(std::fabs(double(changes) - 1000) < 3);
}

TEST_CASE("crush: tone dulls, and silence stays silence", "[sound][shift]") {
    const auto treble = [](float tone) {
        const Samples out =
            Specimen("crush").set("tone", tone).feed("in", noise(48000, 0.5f, 6)).render(48000, "out");
        Samples moved(out.size() - 1);
        for (size_t i = 1; i < out.size(); ++i) moved[i - 1] = out[i] - out[i - 1];
        return rms(moved);
    };
    CHECK(treble(0) < 0.3 * treble(0.5f));
    CHECK(treble(0.5f) < treble(1));
    CHECK(peak(Specimen("crush").set("bits", 1).render(4800, "out")) == 0);
}
