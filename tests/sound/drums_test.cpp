// The drums at their defaults: level, pitch, length, velocity, and strikes that do not click.
#include "catch.h"
#include "sound/measure.h"
#include "sound/signals.h"

using namespace sound;

TEST_CASE("drums: as loud as each other, silent before and after, softer where struck softer", "[sound]") {
    // By which frame it has rung out.
    const std::pair<const char*, std::size_t> kDrums[] = {{"kick", 72000}, {"snare", 72000}, {"hat", 72000}, {"clap", 120000},
                                                          {"tom", 120000}, {"rim", 120000}, {"cowbell", 120000}, {"cymbal", 120000}};
    for (const auto& [type, silent] : kDrums) {
        Specimen s(type);
        const Samples quiet = s.render(4800, "out");
        const Samples hard = s.note(10, 100).render(144000, "out");
        const Samples soft = s.note(10, 100, 0.5f).render(144000, "out");
        INFO(type << " peaks at " << peak(hard));
        CHECK(peak(quiet) == 0);
        CHECK(peak(hard, 0, 10) == 0);
        CHECK(peak(hard) > 0.5);
        CHECK(peak(hard) < 0.95);
        CHECK(peak(soft) < 0.9 * peak(hard));
        CHECK(peak(soft) > 0.25 * peak(hard));
        CHECK(peak(hard, silent) < 1e-4);
    }
}

TEST_CASE("drums: `decay` is the time in which they fall by 40 dB", "[sound]") {
    for (const char* type : {"kick", "hat"})
        for (const float decay : {0.2f, 0.5f}) {
            Specimen s(type);
            const Samples out = s.set("decay", decay).note(0, 100).render(96000, "out");
            const double start = rms(out, 1200, 2400),
                         later = rms(out, 1200 + size_t(decay * 24000), 2400 + size_t(decay * 24000));
            INFO(type << " " << decay);
            CHECK(decibels(later / start) == Approx(-20).margin(4));
        }
}

TEST_CASE("kick: comes to rest at its pitch, from above", "[sound]") {
    Specimen s("kick");
    const Samples out = s.set("freq", 60).set("decay", 2).set("click", 0).note(0, 100).render(48000, "out");
    CHECK(frequency(out.data() + 24000, 16000, 60, 48000) == Approx(60).margin(0.3));
    // Crossings in the first 30 ms come quicker.
    int early = 0, late = 0;
    for (size_t i = 1; i < 1440; ++i) early += (out[i] < 0) != (out[i - 1] < 0);
    for (size_t i = 24000; i < 25440; ++i) late += (out[i] < 0) != (out[i - 1] < 0);
    CHECK(early > late);
}

TEST_CASE("drums: struck again while they sound, they do not jump", "[sound]") {
    Specimen s("kick");
    s.set("decay", 2)
        .set("click", 0)
        .set("freq", 50)
        .set("punch", 0)
        .note(0, 100)
        .note(5000, 100)
        .note(10217, 100)
        .note(16000, 100);
    const Samples out = s.render(24000, "out");
    double most = 0;
    for (size_t i = 1; i < out.size(); ++i) most = std::max(most, double(std::fabs(out[i] - out[i - 1])));
    CHECK(most < 0.05);
}

TEST_CASE("hat: every source is heard about as loud", "[sound]") {
    for (int noise = 0; noise < 3; ++noise) {
        const Samples out = Specimen("hat").set("noise", float(noise)).note(0, 100).render(4800, "out");
        INFO(noise << " " << peak(out));
        CHECK(rms(out, 0, 1200) > 0.1);
        CHECK(rms(out, 0, 1200) < 0.4);
    }
}

TEST_CASE("hat: choked it ends at once, until it is struck again", "[sound]") {
    Specimen s("hat");
    s.set("decay", 1).note(0, 100).note(24000, 100).note(4800, 100, 1, "choke").note(24000, 100, 1, "choke");
    const Samples out = s.render(48000, "out");
    CHECK(rms(out, 2400, 4800) > 0.05);
    CHECK(peak(out, 4800 + 2400, 24000) < 1e-3);
    CHECK(largest_step(out, 4700) < 2 * largest_step(Samples(out.begin(), out.begin() + 4700)));
    CHECK(rms(out, 26400, 28800) > 0.05);  // struck at the same frame, it sounds
}

TEST_CASE("hat: tune moves the metal, drive presses it and leaves it about as loud", "[sound]") {
    const auto with = [](float tune, float drive) {
        Specimen s("hat");
        return s.set("tune", tune).set("drive", drive).set("decay", 0.5f).note(0, 100).render(48000, "out");
    };
    const Samples plain = with(0, 0);
    CHECK(treble_db(with(1, 0)) != Approx(treble_db(plain)).margin(0.3));
    for (const float drive : {0.3f, 0.6f, 1.f}) {
        const Samples driven = with(0, drive);
        INFO(drive);
        CHECK(decibels(rms(driven, 0, 9600) / rms(plain, 0, 9600)) == Approx(0).margin(3));
        CHECK(peak(driven) < 1);
        // What is pressed has less of its peaks left.
        CHECK(peak(driven) / rms(driven, 0, 9600) < 0.98 * peak(plain) / rms(plain, 0, 9600));
    }
}
