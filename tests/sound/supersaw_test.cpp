// Seven saws: as pure as one, as loud at every setting, as wide as told.
#include "catch.h"
#include "sound/lines.h"

using namespace sound;

namespace {

double loudness_db(const std::map<std::string, Samples>& takes) {
    const double left = rms(takes.at("left"), 64), right = rms(takes.at("right"), 64);
    return decibels(std::sqrt((left * left + right * right) / 2));
}

}  // namespace

TEST_CASE("supersaw: in tune its aliases are 145 dB down", "[sound][supersaw]") {
    for (const float hertz : {440.f, 1244.5f, 4186.f}) {
        Specimen s("supersaw");
        const auto takes = s.set("freq", hertz).set("detune", 0).render(66560);
        for (const char* side : {"left", "right"}) {
            const Lines lines = lines_of(takes.at(side), hertz);
            INFO(hertz << " Hz " << side << ": worst " << lines.alias_db << " dB, all " << lines.alias_sum_db);
            CHECK(lines.alias_db < -145);
            CHECK(lines.alias_sum_db < -135);
        }
    }
}

TEST_CASE("supersaw: as loud within 1 dB at every detune, mix, spread and seed", "[sound][supersaw]") {
    const double wanted = decibels(0.7 / std::sqrt(3));
    for (uint64_t seed = 1; seed <= 12; ++seed)
        for (const float detune : {0.f, 0.02f, 0.05f, 0.1f, 0.2f, 0.4f, 0.7f, 1.f})
            for (const float mix : {0.f, 0.35f, 0.7f, 1.f}) {
                Specimen s("supersaw", 48000, seed);
                s.set("freq", 220).set("detune", detune).set("mix", mix).set("spread", float(seed % 4) / 3);
                const double off = loudness_db(s.render(48000 * 4)) - wanted;
                INFO("detune " << detune << " mix " << mix << " seed " << seed);
                CHECK(std::fabs(off) < 1);
            }
}

TEST_CASE("supersaw: in the middle it is mono, wide its sides differ as two saws do", "[sound][supersaw]") {
    const auto likeness = [](float spread) {
        Specimen s("supersaw");
        const auto takes = s.set("mix", 1).set("spread", spread).render(48000 * 4);
        const Samples &left = takes.at("left"), &right = takes.at("right");
        double together = 0;
        for (size_t i = 0; i < left.size(); ++i) together += double(left[i]) * right[i];
        return together / double(left.size()) / (rms(left) * rms(right));
    };
    CHECK(likeness(0) == Approx(1).margin(1e-6));
    CHECK(likeness(0.5f) == Approx(0.9).margin(0.05));
    CHECK(likeness(1) == Approx(0.1).margin(0.05));  // what is left is the saw in the middle
}

TEST_CASE("supersaw: a note draws new phases, out of the seed, and without clicks of more than the wave's own",
          "[sound][supersaw]") {
    Specimen plain("supersaw"), noted("supersaw"), again("supersaw"), other("supersaw", 48000, 2);
    for (Specimen* s : {&noted, &again, &other}) s->note(1000, 2000, 1, "restart");
    const Samples a = plain.render(4800, "left"), b = noted.render(4800, "left"), c = again.render(4800, "left");
    CHECK(b == c);
    CHECK(std::equal(a.begin(), a.begin() + 960, b.begin()));
    CHECK(!std::equal(a.begin() + 1100, a.end(), b.begin() + 1100));
    CHECK(other.render(4800, "left") != b);
    CHECK(peak(b, 950, 1100) < 2.5);
}
