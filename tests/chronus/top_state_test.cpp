#include "chronus/top_state.h"

#include "listen/hearing.h"

using namespace chronus;
using namespace chronus::hand;

TEST_CASE("what top shows is what the instrument answers", "[chronus]") {
    Tone instrument;
    instrument.load("create kick k\nsequence k: X...\ntempo 150\nswing 0.2\nplay\n");
    instrument.play(48000);
    TopState state;
    take_status(state, instrument.take("/status").words);
    take_tracks(state, instrument.take("/seq/status").words);
    take_costs(state, instrument.take("/cost").words);
    take_loudness(state, instrument.hear("listen master 1").words);
    CHECK(state.rate == 48000);
    CHECK(state.modules == 4);
    CHECK(state.playing);
    CHECK(state.bpm == 150);
    CHECK(near(state.swing, 0.2, 1e-6));
    CHECK(state.tracks.size() == 1);
    CHECK(near(state.beats(), 2.5, 0.1));  // a second at 150 bpm
    REQUIRE(state.loudness);
    CHECK(state.loudness->lufs > -30);
    CHECK(state.loudness->true_peak_dbtp < 0);
    for (std::size_t i = 1; i < state.costs.size(); ++i)
        CHECK(state.costs[i - 1].second >= state.costs[i].second);
}
