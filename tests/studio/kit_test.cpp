// Modules with several gates: each is played by its own name.
#include "sound/measure.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

float loudest(const Sound& sound) {
    float most = 0;
    for (const float s : sound.left) most = std::max(most, std::abs(s));
    return most;
}

struct Kit : Instrument {
    Kit() { done("create kit-909 kit room=0"); }
    float hit(const std::string& line) {
        done(line);
        return loudest(play(4800));
    }
};

}  // namespace

TEST_CASE("each gate of a kit is opened by its name, its other names, and by slashes", "[kits]") {
    for (const char* gate : {"kit.kick", "kit.bd", "kit/snare", "kit.hat", "kit.hh", "kit.open", "kit.oh", "kit.clap", "kit.tom", "kit.rim",
                             "kit.ride", "kit.crash", "kit.snare.gate", "kit"}) {
        Kit kit;
        INFO(gate);
        CHECK(kit.hit("gate " + std::string(gate) + " 1") > 0.02f);
    }
    Kit kit;
    CHECK(kit.refused("gate kit.banjo 1").starts_with("unknown"));
    CHECK(kit.refused("gate kit.level 1").starts_with("type kit/level is not a gate"));
}

TEST_CASE("sequence and melody play one drum of a kit; they go with it, and patches have them", "[kits]") {
    Kit kit;
    CHECK(kit.done("sequence kit.kick: X...x...") == "kit.kick kit/kick X...x...");
    CHECK(kit.done("melody kit.tom: A2 E2").find("A2=110") != std::string::npos);
    CHECK(kit.done("/seq/add hats kit.hat x.x.") == "hats kit/hat x.x.");
    const std::string patch = kit.done("show patch");
    CHECK(patch.find("sequence kit.kick: X...x...") != std::string::npos);
    CHECK(patch.find("melody kit.tom: A2 E2") != std::string::npos);
    Instrument again;
    again.load(patch);
    CHECK(again.done("show patch") == patch);
    kit.done("play");
    CHECK(loudest(kit.play(4800)) > 0.02f);
    kit.done("mute kit.kick");
    kit.done("remove kit");
    CHECK(kit.studio().tracks.empty());
}

TEST_CASE("a melody on a drum sets that drum's pitch", "[kits]") {
    Kit kit;
    kit.load("tempo 120\nset kit.tom/bend 0\nmelody kit.tom: A3 . . . . . . .\nplay\n");
    const Sound sound = kit.play(24000);
    const auto lines = sound::spectrum(&sound.left[2400], 16384);
    const auto at = [&](double hertz) { return lines[static_cast<std::size_t>(hertz * 16384 / 48000 + 0.5)]; };
    CHECK(at(220) > 10 * at(110));
}
