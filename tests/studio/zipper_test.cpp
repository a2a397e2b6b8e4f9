// Settings that are changed a hundred times a second, as a hand on a knob does it, are heard as a slide and
// never as steps: a low tone has next to nothing above 8 kHz.
#include <fmt/format.h>

#include "sound/signals.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

// The loudest line above 8 kHz while a port goes back and forth between two values, from second 0.5 on.
double zipper_db(const std::string& rack, const std::string& port, double one, double other) {
    Instrument instrument;
    instrument.load(rack);
    instrument.play(24000);
    Sound sound;
    for (int change = 0; change < 100; ++change) {
        instrument.done(fmt::format("set {} {}", port, change % 2 ? one : other));
        const Sound part = instrument.play(change % 2 ? 448 : 512);  // 480 on the average
        sound.left.insert(sound.left.end(), part.left.begin(), part.left.end());
    }
    return sound::treble_db(sound.left);
}

}  // namespace

TEST_CASE("zipper: an amplitude that is stepped a hundred times a second stays below -130 dB",
          "[studio][zipper]") {
    const std::string rack = "create sine s freq=220\ncreate vca v\npatch s > v 0.5\npatch v > out\n";
    const double loud = zipper_db(rack, "v.gain", 0.4, 1);
    INFO(loud);
    CHECK(loud < -130);
    const double mixed = zipper_db("create sine s freq=220\ncreate mixer m\npatch s > m 0.5\npatch m > out\n",
                                   "m.level1", 0.4, 1);
    INFO(mixed);
    CHECK(mixed < -130);
}

TEST_CASE("zipper: cutoffs and resonances that are stepped stay below -120 dB", "[studio][zipper]") {
    for (const char* type : {"svf", "ladder"}) {
        const std::string rack = fmt::format(
            "create sine s freq=220\ncreate {} f cutoff=1000\npatch s > f 0.1\npatch f > out\n", type);
        const double cutoff = zipper_db(rack, "f.cutoff", 800, 1600),
                     resonance = zipper_db(rack, "f.res", 0.6, 0.8);
        INFO(type << ": cutoff " << cutoff << ", resonance " << resonance);
        CHECK(cutoff < -120);
        CHECK(resonance < -120);
    }
}

TEST_CASE("zipper: gains and corners of an equalizer that are stepped stay below -120 dB",
          "[studio][zipper]") {
    const std::string rack = "create sine s freq=220\ncreate eq e\npatch s > e 0.25\npatch e > out\n";
    for (const char* port : {"e.low", "e.peak1", "e.peak2", "e.high"}) {
        const double gain = zipper_db(rack, port, -6, 6);
        INFO(port << " " << gain);
        CHECK(gain < -120);
    }
    const double corner = zipper_db(rack + "set e.peak1 9\n", "e.freq1", 300, 600);
    INFO(corner);
    CHECK(corner < -120);
}
