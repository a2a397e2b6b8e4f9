// Polyphony: several lanes under one id.
#include "sound/measure.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

// How much of a frequency is in there.
double level_at(const std::vector<float>& sound, double hertz) {
    return sound::fit_sine(sound.data() + sound.size() - 16384, 16384, hertz, 48000).amplitude;
}

// A voice that shows its notes as sines, held at full level.
void make_organ(Instrument& instrument, const std::string& poly) {
    instrument.done("limiter off");
    instrument.done("create voice organ poly=" + poly + " adsr/sustain=1 adsr/attack=0.001 adsr/release=0.01 filter/freq=8000 filter/q=0.7");
}

constexpr double kC4 = 261.6256, kE4 = 329.6276, kG4 = 391.9954;

}  // namespace

TEST_CASE("notes of a polyphonic module sound together, each in a lane of its own") {
    Instrument instrument;
    make_organ(instrument, "8");
    for (const char* note : {"C4", "E4", "G4"}) instrument.done(std::string("note organ ") + note);
    const Sound sound = instrument.play(32768);
    for (const double hertz : {kC4, kE4, kG4}) CHECK(level_at(sound.left, hertz) > 0.2);
}

TEST_CASE("a monophonic module plays the last note only") {
    Instrument instrument;
    make_organ(instrument, "1");
    for (const char* note : {"C4", "E4", "G4"}) instrument.done(std::string("note organ ") + note);
    const Sound sound = instrument.play(32768);
    CHECK(level_at(sound.left, kG4) > 0.2);
    CHECK(level_at(sound.left, kC4) < 0.01);
}

TEST_CASE("more notes than lanes take the oldest lane") {
    Instrument instrument;
    make_organ(instrument, "2");
    for (const char* note : {"C4", "E4", "G4"}) {
        instrument.done(std::string("note organ ") + note);
        instrument.play(640);
    }
    const Sound sound = instrument.play(32768);
    CHECK(level_at(sound.left, kE4) > 0.2);
    CHECK(level_at(sound.left, kG4) > 0.2);
    CHECK(level_at(sound.left, kC4) < 0.01);
}

TEST_CASE("a parameter goes to all lanes, also to those that play later") {
    Instrument instrument;
    make_organ(instrument, "4");
    instrument.done("set organ.amp 0.1");
    for (const char* note : {"C4", "E4", "G4"}) instrument.done(std::string("note organ ") + note);
    const Sound sound = instrument.play(32768);
    for (const double hertz : {kC4, kE4, kG4}) CHECK(level_at(sound.left, hertz) == Approx(0.1).epsilon(0.1));
}

TEST_CASE("a gate off ends all lanes") {
    Instrument instrument;
    make_organ(instrument, "4");
    for (const char* note : {"C4", "E4", "G4"}) instrument.done(std::string("note organ ") + note);
    instrument.play(9600);
    instrument.done("gate organ 0");
    instrument.play(48000);
    CHECK(sound::peak(instrument.play(4800).left) < 1e-4);
}

TEST_CASE("lanes are summed into what is mono, and go lane to lane between equals") {
    const auto with = [](const char* filter) {
        Instrument instrument;
        instrument.done("limiter off");
        instrument.done("create saw s poly=3 quiet freq=200");
        instrument.done(std::string("create svf f quiet cutoff=18000 q=0.5 ") + filter);
        instrument.done("patch s > f > out");
        return instrument.play(9600);
    };
    const Sound mono = with(""), poly = with("poly=3");
    CHECK(sound::peak(mono.left) > 0.5);
    for (std::size_t i = 0; i < mono.left.size(); ++i) REQUIRE(mono.left[i] == Approx(poly.left[i]).margin(1e-4));
}

TEST_CASE("lanes of noise are noises of their own") {
    const auto power = [](const char* poly) {
        Instrument instrument;
        instrument.done("limiter off");
        instrument.done(std::string("create noise n ") + poly);
        instrument.done("patch n > out 0.1");
        return sound::rms(instrument.play(96000).left);
    };
    CHECK(power("poly=4") / power("") == Approx(2).epsilon(0.05));  // powers add, not amplitudes
}

TEST_CASE("poly is a whole number from 1 to 64") {
    Instrument instrument;
    for (const char* poly : {"0", "65", "-1", "1.5", "many", "", "nan"}) instrument.refused(std::string("create saw s poly=") + poly);
    instrument.done("create saw s poly=64");
}
