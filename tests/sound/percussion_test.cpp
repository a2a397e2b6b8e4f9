// Clap, tom, rim shot, cowbell and cymbal: length, pitch, and what makes each what it is.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

double share_above(const Samples& out, double hertz) {
    const std::vector<double> lines = spectrum(out.data(), 1 << 13);
    double high = 0, all = 0;
    for (size_t k = 0; k < lines.size(); ++k) {
        all += lines[k] * lines[k];
        if (double(k) * 48000 / 8192 > hertz) high += lines[k] * lines[k];
    }
    return high / all;
}

}  // namespace

TEST_CASE("percussion: `decay` is the time in which they fall by 40 dB", "[sound][percussion]") {
    for (const char* type : {"clap", "tom", "cowbell", "cymbal"})
        for (const float decay : {0.3f, 1.f}) {
            Specimen s(type);
            s.set("decay", decay).set("drive", 0).note(0, 100);
            const Samples out = s.render(96000, "out");
            const size_t first = 6000, half = size_t(decay * 24000);  // past the hit itself
            const double fallen =
                decibels(rms(out, first + half, first + half + 2400) / rms(out, first, first + 2400));
            INFO(type << " " << decay);
            CHECK(fallen == Approx(-20).margin(5));
        }
}

TEST_CASE("clap: four bursts, as far apart as it is told", "[sound][percussion]") {
    Specimen s("clap");
    const Samples out = s.set("spread", 0.02f).set("drive", 0).note(0, 100).render(9600, "out");
    for (int burst = 0; burst < 4; ++burst) {
        const size_t at = size_t(burst) * 960;
        INFO("burst " << burst);
        CHECK(rms(out, at, at + 240) > 0.08);
        if (burst < 3) CHECK(rms(out, at + 840, at + 950) < 0.3 * rms(out, at, at + 240));
    }
}

TEST_CASE("tom: comes to rest at its pitch, from above", "[sound][percussion]") {
    for (const float tune : {80.f, 165.f}) {
        Specimen s("tom");
        const Samples out =
            s.set("tune", tune).set("decay", 2).set("stick", 0).note(0, 100).render(48000, "out");
        CHECK(frequency(out.data() + 24000, 16000, tune, 48000) == Approx(tune).epsilon(0.005));
        int early = 0, late = 0;
        for (size_t i = 1; i < 1440; ++i) early += (out[i] < 0) != (out[i - 1] < 0);
        for (size_t i = 24000; i < 25440; ++i) late += (out[i] < 0) != (out[i - 1] < 0);
        CHECK(early > late);
    }
}

TEST_CASE("cowbell: its two tones, a sharp fifth apart", "[sound][percussion]") {
    Specimen s("cowbell");
    const Samples out = s.set("decay", 2).set("drive", 0).set("tone", 0).note(0, 100).render(48000, "out");
    const std::vector<double> lines = spectrum(out.data() + 9600, 1 << 15);
    const auto top_near = [&](double hertz) {
        double most = 0, at = 0;
        for (double f = hertz * 0.96; f < hertz * 1.04; f += 48000. / 32768)
            if (const double l = lines[size_t(f * 32768 / 48000)]; l > most) most = l, at = f;
        return std::pair(at, most);
    };
    CHECK(top_near(540).first == Approx(540).epsilon(0.005));
    CHECK(top_near(800).first == Approx(800).epsilon(0.005));
    CHECK(top_near(650).second < 0.05 * top_near(540).second);
}

TEST_CASE("percussion: tone brightens each of them", "[sound][percussion]") {
    const struct {
        const char* type;
        double above;
    } cases[] = {{"clap", 3000}, {"tom", 140}, {"rim", 1000}, {"cowbell", 2000}, {"cymbal", 8000}};
    for (const auto& c : cases) {
        const auto bright = [&](float tone) {
            Specimen s(c.type);
            return share_above(s.set("tone", tone).note(0, 100).render(9600, "out"), c.above);
        };
        INFO(c.type << " " << bright(0) << " " << bright(1));
        CHECK(bright(1) > 1.2 * bright(0));
    }
}

TEST_CASE("cymbal: ping is what the ride has, wash what the crash has", "[sound][percussion]") {
    const auto hit = [](float ping, float wash) {
        return Specimen("cymbal").set("ping", ping).set("wash", wash).note(0, 100).render(9600, "out");
    };
    CHECK(share_above(hit(0, 0.5f), 4000) > share_above(hit(1, 0.5f), 4000) + 0.1);
    // Noise has no lines: the loudest of them stands less far above the rest.
    const auto peaky = [&](float wash) {
        const Samples out = hit(0, wash);
        const std::vector<double> lines = spectrum(out.data(), 1 << 13);
        double most = 0, all = 0;
        for (const double l : lines) most = std::max(most, l * l), all += l * l;
        return most / all;
    };
    CHECK(peaky(0) > 2 * peaky(1));
}

TEST_CASE("percussion: struck again while it sounds, a tom does not jump", "[sound][percussion]") {
    Specimen s("tom");
    s.set("decay", 2).set("stick", 0).set("bend", 0).set("tune", 60).set("tone", 0);
    s.note(0, 100).note(5000, 100).note(10217, 100).note(16000, 100);
    CHECK(largest_step(s.render(24000, "out")) < 0.06);
}
