// What the ears hear of an instrument: the right signal, for the right time, and without a trace in it.
#include "listen/ears.h"

#include <cmath>

#include "listen/hearing.h"

using namespace chronus;

TEST_CASE("the master is heard behind the limiter, a module as it leaves it", "[listen]") {
    Tone tone;
    const Outcome master = tone.hear("listen"), soft = tone.hear("listen soft");
    const Outcome source = tone.hear("listen tone");
    CHECK(text_in(master, "target") == "master");
    CHECK(text_in(master, "heard") == "sound");
    CHECK(near(number_in(master, "lufs_integrated"), -12.04, 0.1));
    CHECK(number_in(master, "mid") > -6);
    CHECK(number_in(master, "sub") < -40);
    CHECK(number_in(master, "limiting_db") == 0);
    CHECK(near(number_in(soft, "rms_dbfs"), -15.05, 0.05));
    CHECK(near(number_in(source, "rms_dbfs"), -3.01, 0.05));
    CHECK(text_in(tone.hear("listen off"), "heard") == "SILENT");
}

TEST_CASE("the time is counted in bars at the tempo, whether it plays or not", "[listen]") {
    Tone tone;
    const auto seconds = [&](const std::string& line) { return number_in(tone.hear(line), "seconds"); };
    CHECK(seconds("listen") == 2);
    CHECK(seconds("listen 2") == 4);
    CHECK(seconds("listen soft 0.5") == 1);
    tone.done("tempo 240");
    tone.done("play");
    CHECK(seconds("listen master 3") == 3);
    const Outcome clamped = tone.take("listen 1000");
    CHECK(clamped.listening->frames == 64 * 48000);
    CHECK(said(clamped) == "bars 1000 clamped to 64");
}

TEST_CASE("a composite is heard at its own output, a polyphonic module with all its lanes", "[listen]") {
    Instrument instrument;
    instrument.load("create voice v poly=4 osc/type=sine amp=0.2\nset v.adsr/sustain 1 v.filter/freq 8000\n");
    instrument.done("note v A3 1");
    instrument.play(24000);
    const double one = number_in(heard(instrument, instrument.take("listen v")), "rms_dbfs");
    for (const char* more : {"note v C4 1", "note v E4 1", "note v G4 1"}) instrument.done(more);
    instrument.play(24000);
    const double four = number_in(heard(instrument, instrument.take("listen v")), "rms_dbfs");
    CHECK(one > -40);
    CHECK(near(four - one, 6.02, 0.3));
    const Outcome part = heard(instrument, instrument.take("listen v/osc"));
    CHECK(number_in(part, "rms_dbfs") > four);
}

TEST_CASE("what is unknown is refused with the nearest names", "[listen]") {
    Tone tone;
    CHECK(tone.refused("listen tine") ==
          "unknown there is no module tine; did you mean tone?\n  listen tine\n         ^ /listen master 1");
    CHECK(tone.refused("listen mastre").find("did you mean master?") != std::string::npos);
    CHECK(tone.refused("listen tone many").find("type bars should be a number") == 0);
}

TEST_CASE("what is played is the same, bit for bit, whether somebody listens or not", "[listen]") {
    Classic alone, watched;
    Ears ears(watched.console().mail(), 48000, Ears::Work::in_place);
    std::vector<std::string> targets{"master", "voice1", "voice2", "voice1/filter"};
    for (Classic* each : {&alone, &watched})
        for (const char* line : {"note voice1 A2 0.8", "note voice2 C3 0.8", "play"}) each->done(line);
    for (int round = 0; round < 8; ++round) {
        for (const std::string& target : targets) {
            const Listening wanted = *watched.take("listen " + target + " 0.25").listening;
            REQUIRE(ears.listen(wanted.target, wanted.from, wanted.frames));
        }
        for (Classic* each : {&alone, &watched})
            each->done("set voice1.filter/freq " + std::to_string(500 + 100 * round));
        CHECK(alone.play(48000) == watched.play(48000));
        int over = 0;
        ears.poll([&](std::uint64_t, const Result<Figures>& figures) { over += figures && !figures->lost; });
        CHECK(over == 4);
    }
}
