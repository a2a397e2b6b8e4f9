// Which lane a note is given, which note is heard, and how notes end one by one.
#include <cmath>

#include "studio/instrument.h"

using namespace chronus;

namespace {

// Crossings of zero upward in half a second: hertz, halved.
int pitch(Instrument& rig) {
    rig.play(9600);
    const Sound sound = rig.play(24000);
    int count = 0;
    for (std::size_t i = 1; i < sound.left.size(); ++i) count += sound.left[i - 1] < 0 && sound.left[i] >= 0;
    return count * 2;
}

float level(Instrument& rig) {
    rig.play(9600);
    float most = 0;
    for (const float s : rig.play(4800).left) most = std::max(most, std::fabs(s));
    return most;
}

struct Mono : Instrument {
    explicit Mono(const std::string& priority) {
        done("limiter off");
        done("create voice v osc/type=sine filter/freq=20000 adsr/release=0.01 adsr/attack=0.001 adsr/sustain=1" + priority);
    }
};

}  // namespace

TEST_CASE("of several held notes the last is heard, and the one before comes back", "[priority]") {
    Mono rig("");
    rig.done("note v A3");
    CHECK(pitch(rig) == Approx(220).margin(3));
    rig.done("note v A4");
    CHECK(pitch(rig) == Approx(440).margin(3));
    rig.done("note v A4 0");
    CHECK(pitch(rig) == Approx(220).margin(3));
    CHECK(level(rig) > 0.05f);
    rig.done("note v A3 0");
    CHECK(level(rig) < 1e-3f);
}

TEST_CASE("low and high notes may have their way", "[priority]") {
    for (const bool low : {true, false}) {
        Mono rig(low ? " priority=low" : " priority=high");
        rig.done("note v A3");
        rig.done("note v A4");
        CHECK(pitch(rig) == Approx(low ? 220 : 440).margin(3));
        rig.done("note v E4");
        CHECK(pitch(rig) == Approx(low ? 220 : 440).margin(3));
        rig.done(low ? "note v A3 0" : "note v A4 0");
        CHECK(pitch(rig) == Approx(329.6).margin(3));
        rig.done("note v off");
        CHECK(level(rig) < 1e-3f);
        rig.done("note v E4");
        CHECK(pitch(rig) == Approx(329.6).margin(3));
    }
}

TEST_CASE("of a module with lanes one note ends by its name, all by off", "[priority]") {
    Mono rig(" poly=4");
    rig.done("note v A3");
    rig.done("note v A4");
    const float both = level(rig);
    rig.done("note v A4 0");
    CHECK(pitch(rig) == Approx(220).margin(3));
    CHECK(level(rig) < both * 0.7f);
    rig.done("note v E4");
    rig.done("note v off");
    CHECK(level(rig) < 1e-3f);
}

TEST_CASE("where all lanes are held, the quietest may be taken in place of the oldest", "[priority]") {
    for (const bool quietest : {true, false}) {
        Mono rig(quietest ? " poly=2 priority=quietest" : " poly=2");
        rig.done("note v A3 1");
        rig.play(9600);
        rig.done("note v A5 0.1");
        rig.play(9600);
        rig.done("note v E4 0.1");
        CHECK((pitch(rig) == Approx(220).margin(6)) == quietest);  // the loud one goes on, or is the oldest
    }
}

TEST_CASE("a priority is kept with the patch, and one that there is not is refused", "[priority]") {
    Instrument rig;
    rig.done("create voice v poly=4 priority=quietest");
    CHECK(rig.done("show patch").find("create voice v poly=4 priority=quietest") != std::string::npos);
    CHECK(rig.refused("create voice w priority=loudest").find("priority is last, low or high") != std::string::npos);
}
