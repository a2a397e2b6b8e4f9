// Compressor and noise gate: static curves, times, side chains.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

// Without make-up, so that what is measured is the reduction.
struct Compressor : Specimen {
    Compressor() : Specimen("compressor") { set("makeup", 0); }
};

Samples level(double db, size_t length) {
    return sine(1000, std::pow(10, db / 20), length);
}

// By how many dB a steady tone at `db` is turned down.
double reduction(Specimen& s, double db) {
    const Samples in = level(db, 48000), out = s.feed("left", in).render(48000, "left");
    return decibels(rms(in, 43200) / rms(out, 43200));
}

// The frames until `signal` has gone a share of its way to the end.
size_t frames_to(const Samples& signal, size_t first, double share) {
    const double from = signal[first], to = signal.back();
    size_t i = first;
    while (i < signal.size() && std::fabs(signal[i] - from) < share * std::fabs(to - from)) ++i;
    return i - first;
}

}  // namespace

TEST_CASE("compressor: the static curve is the textbook's, to 0.15 dB, by peak and by rms",
          "[sound][dynamics]") {
    for (int detect = 0; detect < 2; ++detect)
        for (const float knee : {0.f, 12.f})
            for (const float ratio : {1.f, 2.f, 4.f, 20.f})
                for (const double db : {-40., -26., -22., -18., -12., -2.}) {
                    Compressor s;
                    s.set("threshold", -20)
                        .set("ratio", ratio)
                        .set("knee", knee)
                        .set("detect", float(detect));
                    const double over = db + 20, half = knee / 2;
                    const double beyond = over > half ? over
                                          : over < -half || knee == 0
                                              ? 0
                                              : (over + half) * (over + half) / (2 * knee);
                    INFO(db << " dB, ratio " << ratio << ", knee " << knee << ", detect " << detect);
                    CHECK(reduction(s, db) == Approx(beyond * (1 - 1 / ratio)).margin(0.15));
                }
}

TEST_CASE("compressor: attack and release take the time they say, in decibels", "[sound][dynamics]") {
    for (const float attack : {0.001f, 0.01f, 0.1f}) {
        Compressor s;
        s.set("attack", attack).set("threshold", -20).set("ratio", 20).set("knee", 0);
        Samples step(48000, 1.f);
        s.feed("left", Samples(64)).render(4800);
        const Samples gain = s.feed("left", step).render(48000, "left");
        Samples db(gain.size());
        for (size_t i = 0; i < db.size(); ++i) db[i] = float(decibels(gain[i]));
        INFO("attack " << attack);
        CHECK(double(frames_to(db, 0, 0.632)) == Approx(attack * 48000).epsilon(0.05));
    }
    for (const float release : {0.05f, 0.5f}) {
        Compressor s;
        s.set("release", release)
            .set("attack", 0.0001f)
            .set("threshold", -20)
            .set("ratio", 20)
            .set("knee", 0);
        s.feed("left", Samples(9600, 1.f)).render(9600);
        const Samples turned = s.feed("left", Samples(192000, 0.05f)).render(192000, "reduction");
        Samples db(turned.size());
        for (size_t i = 0; i < db.size(); ++i) db[i] = float(decibels(1 + turned[i]));
        INFO("release " << release);
        CHECK(double(frames_to(db, 0, 0.632)) == Approx(release * 48000).epsilon(0.05));
    }
}

TEST_CASE(
    "compressor: a sidechain turns down what is silent to itself, both sides alike, and says by how much",
    "[sound][dynamics]") {
    Compressor s;
    s.set("listen", 1).set("threshold", -20).set("ratio", 4).set("makeup", 6);
    s.feed("left", Samples(48000, 0.01f))
        .feed("right", Samples(48000, 0.005f))
        .feed("sidechain", level(0, 48000));
    const auto out = s.render(48000);
    const float gain = out.at("left").back() / 0.01f;
    CHECK(decibels(gain) == Approx(6 - 15).margin(0.3));
    CHECK(out.at("right").back() / 0.005f == Approx(gain).epsilon(1e-4));
    CHECK(decibels(1 + out.at("reduction").back()) == Approx(-15).margin(0.3));
    Compressor self;
    CHECK(self.feed("left", Samples(4800, 0.01f))
              .feed("sidechain", level(0, 4800))
              .render(4800, "left")
              .back() == 0.01f);
}

TEST_CASE("compressor: mix blends what came in, and a low tone is not distorted by a slow one",
          "[sound][dynamics]") {
    Compressor dry;
    const Samples in = level(0, 9600);
    CHECK(dry.set("mix", 0).feed("left", in).render(9600, "left") == in);
    Compressor s;
    s.set("detect", 1).set("attack", 0.05f).set("release", 1);
    const Samples out = s.feed("left", sine(1000, 0.5, 192000)).render(192000, "left");
    CHECK(sinad(out.data() + 144000, 48000, 1000, 48000) > 80);
}

TEST_CASE("noisegate: opens above its threshold, closes below the lower one, after its hold",
          "[sound][dynamics]") {
    Specimen s("noisegate");
    s.set("threshold", -40).set("hysteresis", 6);
    const auto open_at = [&](double db) {
        return s.feed("left", level(db, 24000)).render(24000, "open").back();
    };
    CHECK(open_at(-41) < 1e-4f);
    CHECK(open_at(-39) == Approx(1).margin(1e-3));
    CHECK(open_at(-45) == Approx(1).margin(1e-3));
    CHECK(open_at(-47) < 1e-4f);
    CHECK(open_at(-41) < 1e-4f);
}

TEST_CASE("noisegate: attack, hold and release take their times; what is closed is silent or at its floor",
          "[sound][dynamics]") {
    for (const float release : {0.05f, 0.4f}) {
        Specimen s("noisegate");
        s.set("attack", 0.01f).set("hold", 0.1f).set("release", release);
        s.feed("left", Samples(64)).render(4800);
        const Samples opening = s.feed("left", Samples(9600, 0.5f)).render(9600, "open");
        CHECK(opening[480] == Approx(0.99).margin(0.003));
        const Samples closing = s.feed("left", Samples(64)).render(96000, "open");
        CHECK(closing[4750] > 0.99f);
        CHECK(closing[4800 + size_t(release * 48000)] == Approx(0.01).margin(0.003));
        INFO(release);
    }
    for (const float floor : {-80.f, -20.f}) {
        Specimen s("noisegate");
        const Samples out = s.set("floor", floor).feed("left", Samples(9600, 0.001f)).render(9600, "left");
        CHECK(out.back() == Approx(floor <= -80 ? 0 : 0.0001).margin(1e-8));
    }
}

TEST_CASE("noisegate: chopped by a sidechain, a low note held does not flutter", "[sound][dynamics]") {
    Specimen s("noisegate");
    s.set("listen", 1).feed("left", Samples(48000, 0.5f)).feed("sidechain", sine(40, 0.05, 48000));
    const Samples open = s.render(48000, "open");
    CHECK(*std::min_element(open.begin() + 4800, open.end()) > 0.99f);
    CHECK(s.feed("sidechain", Samples(64)).feed("left", Samples(48000, 0.5f)).render(48000, "left").back() <
          1e-4f);
}
