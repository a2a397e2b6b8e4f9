// Modules that keep to the song: their waves and echoes stand where the transport stands.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

constexpr double kBeats[] = {0, 32,   16,     8,   4,     3,      2,    1.5,    4 / 3.,
                             1, 0.75, 2 / 3., 0.5, 0.375, 1 / 3., 0.25, 1 / 6., 0.125};
constexpr int kQuarter = 9, kEighth = 12;

double off_turns(double measured, double wanted) {
    const double off = measured - wanted;
    return std::fabs(off - std::round(off));
}

// How late the rounding of its edges makes a wave, in turns: one pole of that time.
double rounding(double hertz, double seconds) {
    return std::atan(2 * M_PI * hertz * seconds) / (2 * M_PI);
}

}  // namespace

TEST_CASE("lfo: every note value is as long as its name says, and stands where the song stands",
          "[sound][sync]") {
    for (int sync = 1; sync < 18; ++sync)
        for (const double tempo : {60., 137.123, 240.})
            for (const double beat : {0., 13.37, 5000.25}) {
                Specimen s("lfo");
                s.set("sync", float(sync)).set("rate", 33).play(tempo, beat).render(4800);
                const double hertz = tempo / 60 / kBeats[sync];
                const size_t length = size_t(48000 * std::max(2 / hertz, 0.2));
                const Samples out = s.render(length, "out");
                const Fit fit = fit_sine(out.data(), length, hertz, 48000);
                INFO("sync " << sync << " at " << tempo << " from " << beat);
                CHECK(fit.amplitude == Approx(1).epsilon(2e-3));
                CHECK(fit.rest < 1e-3);
                const double begun = (beat + 0.1 * tempo / 60) / kBeats[sync];
                CHECK(off_turns(fit.phase, begun - rounding(hertz, 0.0003)) < 1e-3);
            }
}

TEST_CASE("lfo: goes on at the tempo where the transport stops, and is back in place where it plays again",
          "[sound][sync]") {
    Specimen s("lfo");
    s.set("sync", kQuarter).play(120, 0.3).render(9600);
    Samples out = s.stop().render(48000, "out");
    CHECK(largest_step(out) < 2 * M_PI * 2 / 48000 * 1.01);
    CHECK(off_turns(fit_sine(out.data(), 48000, 2, 48000).phase, 0.3 + 0.4 - rounding(2, 0.0003)) < 1e-3);
    s.render(6400);
    out = s.play(150, 16.75).render(48000, "out");
    CHECK(off_turns(fit_sine(&out[4800], 38400, 2.5, 48000).phase, 16.75 + 0.25 - rounding(2.5, 0.0003)) <
          1e-3);
    out = s.set("sync", 0).set("rate", 3).render(48000, "out");
    CHECK(frequency(out.data(), 48000, 3, 48000) == Approx(3).epsilon(1e-4));
    CHECK(largest_step(out) < 2 * M_PI * 3 / 48000 * 1.01);
}

TEST_CASE("lfo: phase turns its wave on, free or synced, and a note begins it there", "[sound][sync]") {
    for (const float phase : {0.f, 0.25f, 0.9f, 1.f})
        for (const int sync : {0, kQuarter}) {
            Specimen s("lfo");
            s.set("sync", float(sync)).set("rate", 2).set("phase", phase).play(120, 8);
            const Samples out = s.render(48000, "out");
            INFO("phase " << phase << ", sync " << sync);
            CHECK(off_turns(fit_sine(&out[9600], 38400, 2, 48000).phase, 0.4 + phase - rounding(2, 0.0003)) <
                  1e-3);
            const Samples anew = s.note(7000, 100).render(48000, "out");
            CHECK(off_turns(fit_sine(&anew[11800], 24000, 2, 48000).phase,
                            0.2 + phase - rounding(2, 0.0003)) < 1e-3);
        }
}

TEST_CASE("lfo: drift goes smoothly from one chance to the next", "[sound][sync]") {
    Specimen s("lfo");
    s.set("shape", 5).set("rate", 4).render(48000);
    const Samples out = s.render(960000, "out");
    // From -1 to 1 in a quarter of a second, at its steepest half as fast again.
    CHECK(largest_step(out) < 2 * 1.5 * 4 / 48000 * 1.01);
    CHECK(peak(out) <= 1);
    CHECK(*std::max_element(out.begin(), out.end()) > 0.8f);
    CHECK(*std::min_element(out.begin(), out.end()) < -0.8f);
    size_t turns = 0;
    for (size_t i = 12000; i + 12000 < out.size(); i += 12000)
        turns += (out[i] - out[i - 12000]) * (out[i + 12000] - out[i]) < 0;
    CHECK(turns > 40);  // two of three chances turn back
    CHECK(turns < 66);
}

TEST_CASE("delay: echoes come on the note values of the tempo, those beyond 4 s halved until they fit",
          "[sound][sync]") {
    for (int sync = 1; sync < 18; ++sync)
        for (const double tempo : {90., 174.}) {
            double seconds = kBeats[sync] * 60 / tempo;
            while (seconds > 4) seconds /= 2;
            Specimen s("delay");
            s.set("sync", float(sync)).set("time", 0.123f).set("mix", 1).set("feedback", 0);
            s.play(tempo, 0).feed("left", impulse(1, 64));
            const Samples out = s.render(4 * 48000 + 4800, "left");
            size_t first = 0;
            while (first < out.size() && std::fabs(out[first]) < 0.01f) ++first;
            INFO("sync " << sync << " at " << tempo);
            CHECK(std::fabs(double(first) - seconds * 48000) <= 0.51);
        }
}

TEST_CASE("delay: another note value, and another tempo, come without a click", "[sound][sync]") {
    Specimen s("delay");
    s.set("sync", kQuarter).set("mix", 1).set("feedback", 0.3f).play(120, 0);
    s.feed("left", sine(440, 0.5, 480000)).render(96000);
    CHECK(treble_db(s.set("sync", kEighth).render(48000, "left")) < -90);
    CHECK(treble_db(s.play(121, 20).render(48000, "left")) < -90);
    CHECK(treble_db(s.play(90, 20).render(48000, "left")) < -90);
}

TEST_CASE("tremolo: synced, its swings stand where the song stands", "[sound][sync]") {
    for (const int sync : {3, kQuarter, kEighth, 16})
        for (const double beat : {0., 777.7}) {
            Specimen s("tremolo");
            s.set("sync", float(sync)).set("depth", 1).set("rate", 33).play(100, beat);
            s.feed("left", Samples(64, 1.f)).render(9600);
            const double hertz = 100 / 60. / kBeats[sync];
            const size_t length = size_t(48000 * 2 / hertz);
            const Samples out = s.render(length, "left");
            const double begun = (beat + 0.2 * 100 / 60) / kBeats[sync];
            INFO("sync " << sync << " from " << beat);
            CHECK(off_turns(fit_sine(out.data(), length, hertz, 48000).phase,
                            begun - 2 * rounding(hertz, 0.0007)) < 1e-3);
        }
}

TEST_CASE("phaser, flanger, chorus: wherever they were, with the song they are in the same place",
          "[sound][sync]") {
    for (const char* type : {"phaser", "flanger", "chorus"})
        for (const int sync : {0, kQuarter, 6}) {
            const Samples tone = saw(110, 0.3, 144000);
            Specimen one(type), other(type);
            other.play(97, 3).render(31 * 64);
            for (Specimen* s : {&one, &other}) {
                s->set("sync", float(sync)).play(120, 0).feed("left", tone).render(48000);
            }
            const Samples a = one.render(96000, "left"), b = other.render(96000, "left");
            Samples off(a.size());
            for (size_t i = 0; i < a.size(); ++i) off[i] = a[i] - b[i];
            INFO(type << ", sync " << sync << ": " << decibels(rms(off) / rms(a)));
            if (sync)
                CHECK(rms(off) < 1e-3 * rms(a));
            else
                CHECK(rms(off) > 1e-2 * rms(a));
        }
}
