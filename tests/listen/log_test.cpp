// Listening leaves no trace in the session log, and the log replays as if nobody had listened.
#include <cstring>

#include "listen/ears.h"
#include "render/live.h"

using namespace chronus;

TEST_CASE("a session in which somebody listens replays from its log, bit for bit", "[listen]") {
    const Scratch log("listen.osc");
    std::vector<float> live;
    int heard = 0;
    {
        Live instrument(log.path, 64, 8);
        Console& console = instrument.console();
        Ears ears(console.mail(), Live::kRate);
        for (const char* line : {"create kick k", "create reese bass", "sequence k: X...X...",
                                 "melody bass: A1", "sequence bass: ..X_", "tempo 240", "play"})
            REQUIRE(console.take_line(line).done);
        for (int round = 0; round < 6; ++round) {
            for (const char* line : {"listen 0.25", "listen bass 0.25"}) {
                const Outcome outcome = console.take_line(line);
                REQUIRE(outcome.listening);
                const Listening& wanted = *outcome.listening;
                REQUIRE(ears.listen(wanted.target, wanted.from, wanted.frames));
            }
            instrument.play(9600);
            REQUIRE(console.take_line("set bass.cutoff " + std::to_string(300 + 100 * round)).done);
            instrument.play(9600);
            // The figures come from another thread: until then it plays on.
            for (const int all = heard + 2; heard < all; instrument.play(64))
                ears.poll([&](std::uint64_t, const Result<Figures>& figures) {
                    CHECK((figures && !figures->silent));
                    ++heard;
                });
        }
        live = instrument.stop();
    }
    const std::string text = text_of_file(log.path);
    CHECK(text.find("listen") == std::string::npos);
    const std::vector<float> again = replay(text, live.size() / 2);
    REQUIRE(again.size() == live.size());
    CHECK(std::memcmp(live.data(), again.data(), live.size() * sizeof(float)) == 0);
    CHECK(heard == 12);
}
