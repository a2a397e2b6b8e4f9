// Envelopes on their frames, and without steps.
#include "catch.h"
#include "sound/measure.h"
#include "sound/specimen.h"

using namespace sound;

namespace {

double largest_step(const Samples& samples) {
    double most = 0;
    for (size_t i = 1; i < samples.size(); ++i)
        most = std::max(most, double(std::fabs(samples[i] - samples[i - 1])));
    return most;
}

}  // namespace

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
        CHECK(out[again] == Approx(out[again - 1]).margin(1e-3));
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
