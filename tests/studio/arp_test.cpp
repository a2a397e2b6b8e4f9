// Arpeggios and rhythms of the song's tempo, patched and sequenced by text, in tune and in time.
#include <cmath>

#include "sound/measure.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

double hertz_of(int semitones) {
    return 440 * std::pow(2, (semitones - 9) / 12.);
}

}  // namespace

TEST_CASE("an arp patched to a voice plays in tune and on the steps of the track", "[studio][arp]") {
    Instrument instrument;
    instrument.load(
        "tempo 120\n"
        "create arp a sync=1/16 chord=minor octaves=2 hold=0.9\n"
        "create voice v freq=261.625565\n"
        "set v.osc/type sine\nset v.adsr/attack 0.001\nset v.adsr/sustain 1\nset v.adsr/release 0.01\n"
        "set v.filter/freq 8000\n"
        "patch a.pitch > v.freq\npatch a.gate > v.gate\npatch v > out\n"
        "sequence a: X_______________\nmelody a: A3\n");
    instrument.play(4800);  // the cables have faded in
    instrument.done("play");
    const Sound sound = instrument.play(96000);
    // A minor from A3, a note every 6000 frames; the limiter is 64 late.
    constexpr int kTones[] = {-3, 0, 4, 9, 12, 16};
    for (size_t step = 0; step < 5; ++step) {
        const double wanted = hertz_of(kTones[step % 6]);
        const float* from = sound.left.data() + step * 6000 + 64 + 1000;
        INFO("step " << step << " wants " << wanted);
        CHECK(std::fabs(sound::cents(sound::frequency(from, 4000, wanted, 48000), wanted)) < 0.5);
        // Nine tenths held, then silence until the next.
        CHECK(sound::peak(sound.left, step * 6000 + 64 + 5950, step * 6000 + 64 + 5990) < 0.01);
        CHECK(sound::peak(sound.left, step * 6000 + 64 + 10, step * 6000 + 64 + 200) > 0.02);
    }
}

TEST_CASE("notes that are held together are an arp's chord", "[studio][arp]") {
    Instrument instrument;
    instrument.load(
        "create arp a sync=1/8 mode=up\ncreate sine v freq=261.625565\npatch a.pitch > v.freq\npatch v > "
        "out\n");
    for (const char* note : {"/note/a C4", "/note/a G4", "/note/a E4"}) {
        instrument.done(note);
        instrument.play(64);
    }
    instrument.play(12000 - 3 * 64);
    for (const int tone : {4, 7, 0}) {
        const Sound sound = instrument.play(12032);
        const double wanted = hertz_of(tone);
        INFO(tone);
        CHECK(std::fabs(sound::cents(sound::frequency(sound.left.data() + 2000, 8000, wanted, 48000),
                                     wanted)) < 0.5);
    }
}

TEST_CASE("euclid strikes a drum with the song", "[studio][arp]") {
    Instrument instrument;
    instrument.load(
        "tempo 120\ncreate euclid e sync=1/16 steps=8 pulses=3\ncreate rim r\npatch e > r.gate\npatch r > "
        "out\n");
    CHECK(sound::peak(instrument.play(24000).left) < 1e-4);
    instrument.done("play");
    const Sound sound = instrument.play(96000);
    for (size_t step = 0; step < 15; ++step) {
        const double before = sound::peak(sound.left, step * 6000 + 32, step * 6000 + 62);
        const double after = sound::peak(sound.left, step * 6000 + 64, step * 6000 + 264);
        INFO("step " << step);
        CHECK((after > 10 * before + 0.01) == (step % 8 == 0 || step % 8 == 3 || step % 8 == 6));
    }
}

TEST_CASE("euclid swings as a track does, to the frame", "[studio][arp]") {
    const auto strikes = [](const std::string& what) {
        Instrument instrument;
        instrument.load("tempo 137\nswing 0.4\ncreate rim r decay=0.02\npatch r > out\n" + what);
        instrument.play(4800);
        instrument.done("play");
        const Sound sound = instrument.play(96000);
        std::vector<size_t> frames;
        for (size_t i = 0; i < sound.left.size(); ++i)
            if (std::fabs(sound.left[i]) > 0.003f && (frames.empty() || i > frames.back() + 3000))
                frames.push_back(i);
        return frames;
    };
    const auto by_euclid = strikes("create euclid e sync=1/16 steps=4 pulses=4\npatch e > r.gate\n");
    const auto by_track = strikes("sequence r: X\n");
    REQUIRE(by_euclid.size() > 15);
    REQUIRE(by_euclid.size() == by_track.size());
    for (size_t n = 0; n < by_euclid.size(); ++n)
        CHECK(std::abs(double(by_euclid[n]) - double(by_track[n])) <= 1);
    CHECK(double(by_track[1] - by_track[0]) > 1.3 * double(by_track[2] - by_track[1]));
}

TEST_CASE("note values are said by their names", "[studio][arp]") {
    Instrument instrument;
    instrument.load("create lfo l sync=1/4.\ncreate saw s\ncreate delay d sync=1bar\npatch s > d > out\n");
    instrument.done("set l.sync 1/8t");
    CHECK(instrument.done("get l.sync").find("1/8t") != std::string::npos);
    CHECK(instrument.done("get d.sync").find("1bar") != std::string::npos);
    CHECK(instrument.refused("set l.sync 1/5").find("1/") != std::string::npos);
}
