// What there is, told in full.
#include "studio/instrument.h"

using namespace chronus;

namespace {
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
}  // namespace

TEST_CASE("info tells all of a module: parameters, cables and tracks", "[info]") {
    Instrument instrument;
    for (const char* line : {"create reese bass cutoff=900", "create lfo slow", "patch slow > bass.cutoff 1.5", "sequence bass: X..x",
                             "melody bass: A1 C2", "create reverb hall"})
        instrument.done(line);
    const std::string bass = instrument.done("info bass");
    CHECK(bass.starts_with("bass reese"));
    CHECK(has(bass, "cutoff 900"));
    CHECK(has(bass, "slow.out > bass.cutoff 1.5 by the daemon at 0"));
    CHECK(has(bass, "track bass on bass: X..x notes A1 C2 by the daemon at 0"));
    CHECK_FALSE(has(bass, "hall"));
    CHECK(has(instrument.done("info slow > bass.cutoff"), "slow.out > bass.cutoff 1.5"));
    CHECK(has(instrument.done("info slow > bass"), "slow.out > bass.cutoff 1.5"));
    CHECK(has(instrument.done("info"), "create reese bass cutoff=900"));
}

TEST_CASE("info tells a track by its own name, and refuses what is not there", "[info]") {
    Classic studio;
    studio.done("/seq/add pulse voice1 X.x. 55 80");
    CHECK(studio.done("info pulse").starts_with("track pulse on voice1: X.x. base_freq=55 filter_freq=80"));
    CHECK(has(studio.refused("info puls"), "did you mean pulse"));
    CHECK(has(studio.refused("info voice1 > nowhere"), "there is no cable voice1 > nowhere"));
}
