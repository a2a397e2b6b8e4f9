// Gates that come over cables.
#include <algorithm>
#include <cmath>

#include "studio/instrument.h"

using namespace chronus;

namespace {

float peak(Instrument& instrument, std::int64_t frames) {
    float highest = 0;
    for (const float x : instrument.play(frames).left) highest = std::max(highest, std::fabs(x));
    return highest;
}

}  // namespace

TEST_CASE("the first strike over a new cable is as hard as those that follow", "[gates]") {
    Instrument instrument;
    instrument.done("create kick k");
    instrument.play(960);  // until its own cable has come in
    instrument.done("create lfo pulse rate=2 shape=square");
    instrument.done("patch pulse > k.gate");
    const float first = peak(instrument, 23040), second = peak(instrument, 24000);
    CHECK(second > 0.3f);
    CHECK(first == Approx(second).epsilon(0.05));
}

TEST_CASE("a plain signal strikes as hard as its cable's gain, however slowly it rises", "[gates]") {
    for (const char* shape : {"sine", "triangle", "square"}) {
        Instrument instrument;
        instrument.done(std::string("create lfo pulse rate=2 shape=") + shape);
        instrument.done("create kick k drive=0");
        instrument.done("patch pulse > k.gate 0.5");
        const float soft = peak(instrument, 24000);
        instrument.done("patch pulse > k.gate 1");
        peak(instrument, 24000);
        INFO(shape);
        CHECK(soft > 0.1f);
        CHECK(soft < 0.9f * peak(instrument, 24000));
    }
}

TEST_CASE("a note keeps its velocity through a module that hands gates on", "[gates]") {
    Instrument instrument;
    instrument.done("create divider each division=1");
    instrument.done("create kick k");
    instrument.done("create kick same");
    instrument.done("connect each > k.gate");
    instrument.play(960);
    instrument.done("note each C4 0.4");
    instrument.done("disconnect same > out");
    const float through = peak(instrument, 24000);
    instrument.done("gate each 0");
    instrument.done("disconnect k > out");
    instrument.done("connect same > out");
    instrument.play(24000);
    instrument.done("note same C4 0.4");
    CHECK(through == Approx(peak(instrument, 24000)).epsilon(0.02));
}
