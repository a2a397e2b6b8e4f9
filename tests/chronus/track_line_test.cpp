#include "chronus/track_line.h"

#include "studio/instrument.h"

using namespace chronus;
using namespace chronus::hand;

TEST_CASE("tracks are read from what the instrument says of them", "[chronus]") {
    Instrument instrument;
    instrument.load(
        "create kick k\ncreate reese bass\ncreate voice s\nsequence k: X..x | X...\nsequence bass: "
        "X_..\nmelody bass: C2 Eb2\n"
        "melody s: C3 . D3 _\nmute bass\nsolo k\n");
    const std::vector<TrackLine> tracks = tracks_in(instrument.take("/seq/status").words);
    REQUIRE(tracks.size() == 3);
    CHECK(tracks[0].name == "bass");
    CHECK(tracks[0].steps == "X_..");
    CHECK(tracks[0].notes == std::vector<std::string>{"C2", "Eb2"});
    CHECK(tracks[0].muted);
    CHECK(tracks[0].length() == 4);
    CHECK(tracks[1].steps == "X..xX...");
    CHECK(tracks[1].solo);
    CHECK_FALSE(tracks[0].solo);
    CHECK_FALSE(tracks[1].muted);
    CHECK(tracks[2].steps.empty());
    CHECK(tracks[2].length() == 4);
    CHECK_FALSE(read_track("lonely"));
}

TEST_CASE("the step under way follows the beats, a pass after the other", "[chronus]") {
    CHECK(step_at(0, 0, 16) == 0u);
    CHECK(step_at(0.249, 0, 16) == 0u);
    CHECK(step_at(0.25, 0, 16) == 1u);
    CHECK(step_at(3.9, 0, 16) == 15u);
    CHECK(step_at(4, 0, 16) == 0u);
    CHECK(step_at(4, 0, 12) == 4u);
    CHECK_FALSE(step_at(-1, 0, 16));
    CHECK_FALSE(step_at(1, 0, 0));
}

TEST_CASE("with swing the odd step comes late and the even one in time", "[chronus]") {
    CHECK(step_at(0.25, 0.2, 16) == 0u);
    CHECK(step_at(0.299, 0.2, 16) == 0u);
    CHECK(step_at(0.301, 0.2, 16) == 1u);
    CHECK(step_at(0.5, 0.2, 16) == 2u);
}
