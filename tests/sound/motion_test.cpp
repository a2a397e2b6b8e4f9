// Chorus, flanger, phaser, tremolo: what they do to a tone, and that nothing of it clicks.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

constexpr size_t kSecond = 48000;

double db_of(const Samples& out, const Samples& in, size_t first) {
    return decibels(rms(out, first) / rms(in, first));
}

}  // namespace

TEST_CASE("chorus, flanger, phaser and tremolo add nothing above -120 dB to a low tone while they move",
          "[sound][motion]") {
    const Samples tone = sine(440, 0.5, 4 * kSecond);
    for (const char* type : {"chorus", "flanger", "phaser", "tremolo"})
        for (const float mix : {0.5f, 1.f}) {
            Specimen s(type);
            if (std::string(type) != "tremolo") s.set("mix", mix);
            const Samples out = s.set("rate", 1).feed("left", tone).render(4 * kSecond, "left");
            const double clicks = treble_db({out.begin() + 4800, out.end()});
            INFO(type << " " << clicks);
            CHECK(clicks < -120);
        }
}

TEST_CASE("flanger: a jump of its delay is a slide, not a click", "[sound][motion]") {
    Specimen s("flanger");
    s.set("depth", 0).set("feedback", 0).set("mix", 1).set("delay", 0.001f);
    s.feed("left", sine(440, 0.5, 2 * kSecond)).render(kSecond / 2);
    s.set("delay", 0.008f);
    CHECK(treble_db(s.render(kSecond, "left")) < -90);
}

TEST_CASE("a moved setting, smoothed as the engine does it, makes no click in any of them",
          "[sound][motion]") {
    // From one end to the other and back, in the time that the port's smoothing takes, ten times a second.
    const auto steps = [](const char* type, const std::string& input) {
        const Specimen asked(type);
        const chronus_module_type& t = asked.type();
        Samples samples(2 * kSecond);
        for (uint32_t i = 0; i < t.input_count; ++i) {
            const chronus_port& port = t.inputs[i];
            if (input != port.name) continue;
            const float pace = (port.maximum - port.minimum) / (48000 * std::max(port.smoothing, 0.001f));
            float now = port.initial;
            for (size_t f = 0; f < samples.size(); ++f) {
                const float target = f / 4800 % 2 ? port.maximum : port.minimum;
                samples[f] = now += std::clamp(target - now, -pace, pace);
            }
        }
        return samples;
    };
    const struct {
        const char *type, *input;
    } moves[] = {{"chorus", "depth"},  {"chorus", "rate"},  {"chorus", "mix"},    {"flanger", "depth"},
                 {"flanger", "delay"}, {"flanger", "rate"}, {"flanger", "mix"},   {"phaser", "depth"},
                 {"phaser", "freq"},   {"phaser", "mix"},   {"tremolo", "depth"}, {"tremolo", "rate"},
                 {"tremolo", "spread"}};
    for (const auto& m : moves) {
        Specimen s(m.type);
        // At 10 Hz and more depth the sweep is a vibrato whose own side bands reach so high.
        if (m.input == std::string("rate")) s.set("depth", 0.3f);
        s.feed("left", sine(440, 0.5, 2 * kSecond)).feed(m.input, steps(m.type, m.input));
        const Samples out = s.render(2 * kSecond, "left");
        const double clicks = treble_db({out.begin() + 4800, out.end()});
        INFO(m.type << "." << m.input << " " << clicks);
        CHECK(clicks < -90);
    }
}

TEST_CASE("chorus: apart on both sides, and as loud as it came", "[sound][motion]") {
    const Samples in = noise(4 * kSecond, 0.5f, 1);
    Specimen s("chorus");
    const auto out = s.feed("left", in).feed("right", in).render(4 * kSecond);
    for (const char* side : {"left", "right"}) CHECK(db_of(out.at(side), in, 4800) == Approx(0).margin(1.5));
    double both = 0;
    for (size_t i = 4800; i < in.size(); ++i) both += double(out.at("left")[i]) * out.at("right")[i];
    both /= double(in.size() - 4800) * rms(out.at("left"), 4800) * rms(out.at("right"), 4800);
    CHECK(both < 0.7);
    CHECK(both > 0.2);  // the dry sound is in both
}

TEST_CASE("chorus: treble stays within 1 dB up to 10 kHz however it wavers", "[sound][motion]") {
    for (const double hertz : {1000., 5000., 10000.}) {
        const Samples in = sine(hertz, 0.5, 4 * kSecond);
        const Samples out = Specimen("chorus").set("mix", 1).feed("left", in).render(4 * kSecond, "left");
        CHECK(db_of(out, in, 4800) == Approx(0).margin(1));
    }
}

TEST_CASE("flanger: notches stand where the delay puts them, and feedback sharpens", "[sound][motion]") {
    const auto response = [](float feedback) {
        Specimen s("flanger");
        s.set("depth", 0).set("delay", 0.002f).set("feedback", feedback).feed("left", impulse(0.1f, 64));
        return ResponseOf{s.render(24000, "left"), 0.1};
    };
    const ResponseOf plain = response(0), sharp = response(0.7f);
    for (const double harmonic : {1., 3., 12.}) {
        CHECK(plain.db(500 * harmonic) == Approx(0).margin(0.05));
        CHECK(plain.db(500 * (harmonic - 0.5)) < -50);
        CHECK(sharp.db(500 * harmonic) > 6);
    }
}

TEST_CASE("flanger, phaser: each stays bounded at its fiercest, and ends in silence", "[sound][motion]") {
    for (const char* type : {"flanger", "phaser"})
        for (const float sign : {-1.f, 1.f}) {
            Specimen s(type);
            s.set("feedback", sign * 0.9f).set("mix", 1).set("rate", 10).set("depth", 1);
            const Samples loud = s.feed("left", noise(2 * kSecond, 1, 5)).render(2 * kSecond, "left");
            INFO(type << " " << peak(loud));
            CHECK(finite(loud));
            CHECK(peak(loud) < 8);
            s.feed("left", Samples(64)).render(2 * kSecond);
            CHECK(peak(s.render(4800, "left")) < 1e-5);
        }
}

TEST_CASE("phaser: as many notches as half its stages, and allpass where only the shifted is heard",
          "[sound][motion]") {
    for (int stages = 0; stages < 3; ++stages) {
        Specimen s("phaser");
        s.set("depth", 0).set("feedback", 0).set("stages", float(stages)).render(4800);
        const ResponseOf response{s.feed("left", impulse(1, 64)).render(24000, "left")};
        int notches = 0;
        double before = 1, last = 1;
        for (double hertz = 20; hertz < 23000; hertz *= 1.002) {
            const double now = response(hertz);
            notches += last < before && last < now && last < 0.05;
            before = last, last = now;
        }
        INFO(stages);
        CHECK(notches == stages + 2);
        Specimen wet("phaser");
        wet.set("depth", 0).set("feedback", 0).set("mix", 1).set("stages", float(stages)).render(4800);
        const ResponseOf flat{wet.feed("left", impulse(1, 64)).render(24000, "left")};
        for (const double hertz : {50., 700., 5000., 15000.}) CHECK(flat.db(hertz) == Approx(0).margin(0.02));
    }
}

TEST_CASE("tremolo: rate and depth are what they say; spread wanders at constant sum", "[sound][motion]") {
    for (const float depth : {0.5f, 1.f}) {
        Specimen s("tremolo");
        s.set("depth", depth).set("rate", 4).feed("left", Samples(2 * kSecond, 1.f));
        const Samples out = s.render(2 * kSecond, "left");
        const auto [low, high] = std::minmax_element(out.begin() + 12000, out.end());
        CHECK(*low == Approx(1 - depth).margin(0.002));
        CHECK(*high == Approx(1).margin(0.002));
        CHECK(frequency(out.data() + 12000, 72000, 4, 48000) == Approx(4).epsilon(1e-4));
    }
    Specimen s("tremolo");
    s.set("depth", 1)
        .set("spread", 1)
        .feed("left", Samples(kSecond, 1.f))
        .feed("right", Samples(kSecond, 1.f));
    const auto out = s.render(kSecond);
    for (size_t i = 4800; i < kSecond; i += 100)
        CHECK(out.at("left")[i] + out.at("right")[i] == Approx(1).margin(0.01));
    for (int shape = 0; shape < 3; ++shape) {
        Specimen sharp("tremolo");
        sharp.set("shape", float(shape)).set("depth", 1).feed("left", Samples(kSecond, 1.f));
        CHECK(largest_step(sharp.render(kSecond, "left")) < 0.02);
    }
}
