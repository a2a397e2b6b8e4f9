// What places, sums, chooses, amplifies and moves.
#include "catch.h"
#include "sound/measure.h"
#include "sound/specimen.h"

using namespace sound;

TEST_CASE("pan: constant power, exact at the ends", "[sound]") {
    for (const float place : {-1.f, -0.5f, 0.f, 0.3f, 1.f}) {
        Specimen s("pan");
        const auto out = s.set("pan", place).feed("in", Samples(64, 1.f)).render(64);
        const double left = out.at("left")[5], right = out.at("right")[5];
        CHECK(left * left + right * right == Approx(1).epsilon(1e-6));
        CHECK(right == Approx(std::sin((1 + place) * M_PI / 4)).margin(1e-6));
    }
    Specimen s("pan");
    CHECK(s.set("pan", -1).feed("in", Samples(64, 1.f)).render(64).at("right")[5] == 0);
}

TEST_CASE("vca and mixer: products and sums", "[sound]") {
    CHECK(Specimen("vca").set("gain", 0.25f).feed("in", Samples(64, 0.5f)).render(64, "out")[63] == 0.125f);
    Specimen s("mixer");
    s.set("level2", 0.5f).set("level4", 0).set("level", 2);
    for (const char* in : {"in1", "in2", "in3", "in4"}) s.feed(in, Samples(64, 0.25f));
    CHECK(s.render(64, "out")[63] == 1.25f);
}

TEST_CASE("switch: arrives at each input without a step", "[sound]") {
    Specimen s("switch");
    for (int i = 0; i < 6; ++i) s.feed("in" + std::to_string(i + 1), Samples(64, float(i + 1) / 8));
    s.render(4800);
    float last = 0.125f;
    for (int i = 0; i < 6; ++i) {
        const Samples out = s.set("select", float(i)).render(960, "out");
        CHECK(out.back() == Approx(float(i + 1) / 8).epsilon(1e-4));
        for (const float x : out) {
            REQUIRE(std::fabs(x - last) < 0.02);
            last = x;
        }
    }
}

TEST_CASE("glide: jumps without a time, takes its time with one", "[sound]") {
    Specimen s("glide");
    CHECK(s.set("freq", 523.2511f).render(64, "pitch")[0] == Approx(1).margin(1e-6));
    CHECK(s.set("freq", 130.8128f).render(64, "pitch")[0] == Approx(-1).margin(1e-6));
    s.set("time", 0.5f).set("freq", 261.6256f);
    const Samples slide = s.render(48000, "pitch");
    CHECK(slide[24000] == Approx(-0.01).margin(0.001));
    CHECK(slide[5000] < slide[5001]);
    CHECK(slide[47999] == Approx(0).margin(1e-3));
}

TEST_CASE("lfo: rate, shapes, depth, offset and dip", "[sound]") {
    for (int shape = 0; shape < 5; ++shape) {
        Specimen s("lfo");
        s.set("shape", float(shape)).set("rate", 2).set("depth", 0.5f).set("offset", 0.25f);
        const auto out = s.render(48000 * 20);
        const Samples &wave = out.at("out"), &dip = out.at("dip");
        float low = 9, high = -9, step = 0;
        for (size_t i = 4800; i < wave.size(); ++i) {
            low = std::min(low, wave[i]), high = std::max(high, wave[i]);
            step = std::max(step, std::fabs(wave[i] - wave[i - 1]));
        }
        INFO("shape " << shape << ": " << low << " to " << high);
        CHECK(low >= -0.2501f);
        CHECK(high <= 0.7501f);
        CHECK(high - low > 0.8f);
        CHECK(step < 0.08f);
        CHECK(*std::min_element(dip.begin(), dip.end()) >= -0.50001f);
        CHECK(*std::max_element(dip.begin(), dip.end()) <= 0);
        if (shape == 0) CHECK(frequency(wave.data(), wave.size(), 2, 48000) == Approx(2).epsilon(1e-5));
    }
}

TEST_CASE("lfo: a note starts its wave anew", "[sound]") {
    Specimen s("lfo");
    s.set("rate", 3).render(7000);
    const Samples out = s.note(0, 100).render(4800, "out");
    CHECK(std::fabs(out[64]) < 0.2f);
    CHECK(out[4000] == Approx(1).margin(0.02));
}
