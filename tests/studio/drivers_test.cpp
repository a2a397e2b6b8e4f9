// What a question about a parameter is answered with: its base, how it stands, and what moves it.
#include "studio/drivers.h"

#include "studio/instrument.h"

using namespace chronus;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// The answer, once the audio thread has said how the parameter stands.
std::string asked(Instrument& instrument, const std::string& line) {
    Outcome outcome = instrument.take(line);
    INFO(said(outcome));
    REQUIRE(outcome.done);
    instrument.play(64);
    if (outcome.finish) outcome.finish(outcome.words);
    return said(outcome);
}

}  // namespace

TEST_CASE("a parameter that nobody has touched answers its base alone", "[drivers]") {
    Instrument instrument;
    instrument.done("create kick k decay=0.3");
    instrument.play(64);
    CHECK(asked(instrument, "get k.decay") == "0.3 s");
}

TEST_CASE("it says who set it and when", "[drivers]") {
    Instrument instrument;
    instrument.done("create kick k");
    instrument.play(640);
    instrument.console().hear_from(instrument.console().touches().speaker("lena"));
    instrument.done("set k.decay 0.3");
    CHECK(has(asked(instrument, "get k.decay"), "0.3 s set by lena at 640"));
}

TEST_CASE("on a ramp it says where it stands and how long it will take", "[drivers]") {
    Instrument instrument;
    instrument.done("create vca v gain=1");
    instrument.play(64);
    instrument.done("ramp v.gain 3 1 s linear");
    instrument.play(24000);
    const std::string answer = asked(instrument, "get v.gain");
    CHECK(has(answer, "3.0 now 2"));
    INFO(answer);
    CHECK(has(answer, "on a ramp, 0.5 s to go"));
    instrument.play(30000);
    CHECK(asked(instrument, "get v.gain").starts_with("3.0 set by"));
}

TEST_CASE("asked in the batch that begins a ramp, it knows of the ramp, and takes no more than the batch", "[drivers]") {
    Instrument instrument;
    instrument.done("create vca v gain=1");
    instrument.play(64);
    instrument.console().begin_batch();
    instrument.done("ramp v.gain 3 1 s linear");
    Outcome asked = instrument.take("get v.gain");
    CHECK(asked.batched);
    CHECK(instrument.console().end_batch() > 0);
    instrument.play(64);
    REQUIRE(asked.finish);
    asked.finish(asked.words);
    CHECK(has(said(asked), "3.0 now 1"));
    CHECK(has(said(asked), "on a ramp, 1 s to go"));
}

TEST_CASE("it names the track, the note and the cables that move it", "[drivers]") {
    Instrument instrument;
    instrument.done("create reese bass cutoff=600");
    instrument.done("create lfo slow");
    instrument.done("sequence bass: X...");
    instrument.done("melody bass: A1");
    instrument.done("patch slow > bass.cutoff 1.5");
    instrument.done("play");
    instrument.play(640);
    const std::string pitch = asked(instrument, "get bass.freq");
    CHECK(has(pitch, "now 55 Hz driven by track bass by the daemon at 0"));
    const std::string cutoff = asked(instrument, "get bass.cutoff");
    INFO(cutoff);
    CHECK(has(cutoff, "600.0 Hz moved by slow.out 1.5 octaves by the daemon at 0"));
    instrument.done("/seq/remove bass");
    instrument.done("note bass C3");
    instrument.play(64);
    CHECK(has(asked(instrument, "get bass.freq"), "driven by a note"));
}
