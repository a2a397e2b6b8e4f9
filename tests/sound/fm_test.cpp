// The FM voice: what lines it has, its arrangements, its envelopes.
#include "catch.h"
#include "sound/lines.h"
#include "sound/signals.h"

using namespace sound;

namespace {

// A held note of operators that stay at their levels, in the arrangement with that many of the manual's number.
Specimen& organ(Specimen& s, int algorithm, const std::vector<float>& levels) {
    s.set("algorithm", float(algorithm - 1)).set("attack", 0.001f);
    for (size_t k = 0; k < 4; ++k) {
        const std::string number = std::to_string(k + 1);
        s.set("sustain" + number, 1).set("ratio" + number, 1);
        s.set("level" + number, k < levels.size() ? levels[k] : 0);
    }
    return s.note(0, 200000);
}

}  // namespace

TEST_CASE("fm: carrier and modulator at 3001.5 Hz, index 8: all that is no Bessel line is 125 dB below the whole",
          "[sound][fm]") {
    Specimen s("fm");
    organ(s, 1, {1, 1}).set("freq", 3001.5f).render(4800);
    const Samples wave = s.render(66560, "out");
    // Of sin(x + 8 sin x) line h is J of h - 1, and what comes from below 0 Hz.
    const auto bessel = [](int h) {
        return std::fabs(std::cyl_bessel_j(h - 1., 8.) + (h % 2 ? -1 : 1) * std::cyl_bessel_j(h + 1., 8.));
    };
    const Lines lines = lines_of(wave, 3001.5, bessel, 20000);
    INFO("worst " << lines.alias_db << " dB, all " << lines.alias_sum_db << " dB, stray " << lines.stray_db);
    CHECK(lines.alias_sum_db - decibels(M_SQRT1_2) < -125);
    CHECK(lines.stray_db < 0.01);
}

TEST_CASE("fm: feedback makes a saw of operator 4, in tune and without aliases", "[sound][fm]") {
    for (const float feedback : {0.2f, 0.4f, 0.6f}) {
        Specimen s("fm");
        organ(s, 8, {0, 0, 0, 1}).set("freq", 440).set("feedback", feedback).render(4800);
        const Samples wave = s.render(66560, "out");
        const Lines lines = lines_of(wave, 440, [&](int) { return 0.0; }, 20000);
        INFO(feedback << " worst " << lines.alias_db << " dB, all " << lines.alias_sum_db);
        CHECK(lines.alias_db < -100);
    }
}

TEST_CASE("fm: each algorithm has the lines of the manual's picture", "[sound][fm]") {
    const double ratio[4] = {1, 2, 3, 5}, level[4] = {0.5, 0.11, 0.13, 0.07}, index = 8;
    const auto at = [&](int op, double t, double bent) {
        return level[op - 1] * std::sin(2 * M_PI * 200 * ratio[op - 1] * t + index * bent);
    };
    for (int algorithm = 1; algorithm <= 8; ++algorithm) {
        const auto wanted = [&](double t) {
            const double four = at(4, t, 0);
            switch (algorithm) {
                case 1: return at(1, t, at(2, t, at(3, t, four)));
                case 2: return at(1, t, at(2, t, at(3, t, 0) + four));
                case 3: return at(1, t, at(2, t, at(3, t, 0)) + four);
                case 4: return at(1, t, at(2, t, 0) + at(3, t, four));
                case 5: return at(1, t, at(2, t, 0)) + at(3, t, four);
                case 6: return at(1, t, four) + at(2, t, four) + at(3, t, four);
                case 7: return at(1, t, 0) + at(2, t, 0) + at(3, t, four);
                default: return at(1, t, 0) + at(2, t, 0) + at(3, t, 0) + four;
            }
        };
        Specimen s("fm");
        organ(s, algorithm, {0.5f, 0.11f, 0.13f, 0.07f}).set("freq", 200);
        s.set("ratio2", 2).set("ratio3", 3).set("ratio4", 5).render(4800);
        const Samples heard = s.render(24000, "out");
        Samples reference(24000);
        for (size_t i = 0; i < reference.size(); ++i) reference[i] = float(wanted(double(i) / 48000));
        for (int line = 1; line <= 20; ++line) {
            const double amplitude = fit_sine(reference.data(), 24000, 200 * line, 48000).amplitude;
            INFO("algorithm " << algorithm << ", " << 200 * line << " Hz");
            CHECK(fit_sine(heard.data(), 24000, 200 * line, 48000).amplitude ==
                  Approx(amplitude).epsilon(1e-3).margin(1e-5));
        }
    }
}

TEST_CASE("fm: attack, decay and release take their times; a note out of silence sounds as the last did",
          "[sound][fm]") {
    Specimen s("fm");
    s.set("freq", 1000).set("algorithm", 7).set("level1", 1).set("level2", 0).set("level3", 0).set("level4", 0);
    s.set("attack", 0.1f).set("decay1", 0.5f).set("release", 0.2f);
    s.note(0, 24000).note(48000, 24000);
    const Samples out = s.render(96000, "out");
    CHECK(peak(out, 2300, 2400) == Approx(0.5).margin(0.03));  // half of the attack
    CHECK(peak(out, 4750, 4850) == Approx(1).margin(0.03));
    CHECK(decibels(peak(out, 4800 + 11950, 4800 + 12050)) == Approx(-30).margin(0.5));  // half of the decay
    const double ended = decibels(peak(out, 23950, 24000));
    CHECK(decibels(peak(out, 24000 + 4750, 24000 + 4850)) == Approx(ended - 30).margin(0.5));
    const auto near = [](float a, float b) { return std::fabs(a - b) < 1e-4; };
    CHECK(std::equal(out.begin(), out.begin() + 24000, out.begin() + 48000, near));
    Specimen soft("fm");
    soft.note(0, 24000, 0.5f);
    CHECK(peak(soft.render(24000, "out")) < 0.75);
}

TEST_CASE("fm: struck again while it sounds, or changed from one algorithm to another, it does not click",
          "[sound][fm]") {
    for (const bool struck : {true, false}) {
        Specimen s("fm");
        organ(s, 5, {0.8f, 0.f, 0.4f, 0.f}).set("freq", 200).set("attack", 0.01f).render(9600);
        if (struck) s.note(1000, 8000);
        else s.set("algorithm", 7);
        INFO(struck);
        CHECK(treble_db(s.render(4800, "out")) < -60);
    }
}
