// Envelopes on their frames, and without steps.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

TEST_CASE("adsr: attack, decay and release end on their frames", "[sound]") {
    for (const double rate : {44100., 48000., 96000.})
        for (const float seconds : {0.001f, 0.01f, 0.1f, 0.5f}) {
            const size_t frames = size_t(std::ceil(double(seconds) * rate - 1e-3)), start = 37,
                         off = start + 2 * frames + 100;
            Specimen s("adsr", rate);
            s.set("attack", seconds).set("decay", seconds).set("release", seconds).set("sustain", 0.5f);
            const Samples out = s.note(start, off - start, 0.8f).render(off + frames + 200, "out");
            INFO(seconds << " s at " << rate);
            CHECK(out[start] == 0);
            CHECK(out[start + 1] > 0);
            CHECK(out[start + frames - 1] < 0.8f);
            CHECK(out[start + frames] == 0.8f);
            CHECK(out[start + frames + 1] < 0.8f);
            CHECK(out[start + 2 * frames - 1] > 0.4f);
            CHECK(out[start + 2 * frames] == 0.4f);
            CHECK(out[off] == 0.4f);
            CHECK(out[off + 1] < 0.4f);
            CHECK(out[off + frames - 1] > 0);
            CHECK(out[off + frames] == 0);
        }
}

TEST_CASE("adsr: ten seconds last ten seconds, to a millisecond", "[sound]") {
    Specimen s("adsr");
    const Samples out = s.set("attack", 10).note(0, 600000).render(600000, "out");
    size_t top = 0;
    while (top < out.size() && out[top] < 1) ++top;
    CHECK(std::fabs(double(top) - 480000) <= 48);
}

TEST_CASE("adsr: begins again from where it is", "[sound]") {
    for (const size_t again : {2000, 6000, 21000, 26000}) {  // in attack, decay, sustain and release
        Specimen s("adsr");
        s.set("attack", 0.1f).set("decay", 0.2f).set("sustain", 0.5f).set("release", 0.3f);
        s.note(0, 24000).note(again, 24000);
        const Samples out = s.render(60000, "out");
        INFO(again);
        CHECK(largest_step(out) < 6 / (0.1 * 48000));
        const double slope = 1 / (0.1 * 48000);
        CHECK(std::fabs(out[again] - out[again - 1]) <= 0.75 * slope);
        CHECK(out[again + 1] - out[again] > 0);
        CHECK(out[again + 1] - out[again] <= slope);
    }
}

TEST_CASE("adsr: no time and no move of a parameter makes a step", "[sound]") {
    Specimen s("adsr");
    Samples sustain(48000), decay(48000);
    for (size_t i = 0; i < sustain.size(); ++i) {
        sustain[i] = 0.5f + 0.5f * float(std::sin(double(i) * 1e-3));
        decay[i] = 1 + 0.9f * float(std::sin(double(i) * 2e-3));
    }
    s.feed("sustain", sustain).feed("decay", decay).note(100, 24000).note(30000, 9000);
    CHECK(largest_step(s.render(48000, "out")) < 0.005);
    Specimen zero("adsr");
    zero.set("decay", 0).set("sustain", 0).set("release", 0.001f).set("attack", 0.001f).note(0, 4800);
    CHECK(largest_step(zero.render(9600, "out")) < 0.15);
}

TEST_CASE("adsr: a velocity of its own for each note", "[sound]") {
    Specimen s("adsr");
    s.set("sustain", 1).note(0, 4800, 0.3f).note(9600, 4800, 1);
    const Samples out = s.render(14400, "out");
    CHECK(out[4000] == 0.3f);
    CHECK(out[14000] == 1);
}

TEST_CASE("adsr: a note that begins has 100 dB less of its energy above 10 kHz", "[sound]") {
    for (const double hertz : {55., 440.})
        for (const size_t start : {1000, 1013, 1037, 1050}) {
            Specimen s("adsr");
            const Samples envelope = s.note(start, 40000).render(8192, "out"), tone = sine(hertz, 1, 8192);
            std::vector<std::complex<double>> lines(8192);
            for (size_t i = 0; i < lines.size(); ++i)
                lines[i] = (1 - std::cos(2 * M_PI * double(i) / 8192)) * envelope[i] * tone[i];
            fourier(lines);
            double above = 0, all = 0;
            for (size_t k = 0; k < 4096; ++k)
                (double(k) * 48000 / 8192 > 10000 ? above : all) += std::norm(lines[k]);
            INFO(hertz << " Hz, from frame " << start);
            CHECK(10 * std::log10(above / all) < -100);
        }
}

TEST_CASE("adsr: legato goes on with its envelope while a note is held, and begins a new one after",
          "[sound]") {
    const auto envelope = [](int mode) {
        Specimen s("adsr");
        s.set("mode", float(mode)).set("sustain", 0.5f).set("release", 0.01f);
        return s.note(0, 9600, 0.8f).note(4000, 9600, 0.6f).note(24000, 4800, 0.7f).render(48000, "out");
    };
    Specimen one("adsr");
    one.set("sustain", 0.5f).set("release", 0.01f);
    const Samples held = one.note(0, 13600, 0.8f).note(24000, 4800, 0.7f).render(48000, "out");
    CHECK(envelope(1) == held);
    CHECK(peak(envelope(0), 4000, 6000) == 0.6f);
    CHECK(peak(held, 24000) == 0.7f);
}
