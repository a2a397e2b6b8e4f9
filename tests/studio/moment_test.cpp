// What is to happen at a musical moment happens there, wherever tempo and transport lead it.
#include "studio/moment.h"

#include "studio/instrument.h"

using namespace chronus;

namespace {

// The frames at which what waited was done, and what was refused then.
struct Later {
    explicit Later(Instrument& instrument) {
        instrument.console().on_later = [this](const Message& message, const Outcome& outcome) {
            if (outcome.done) frames.push_back(outcome.at);
            else refused.push_back(message.address);
        };
    }
    std::vector<std::int64_t> frames;
    std::vector<std::string> refused;
};

Timeline running(std::int32_t tempo = 120000) {
    Timeline timeline;
    timeline.tempo = tempo;
    timeline.running = true;
    return timeline;
}

std::int64_t frame_of(const std::string& text, const Timeline& timeline, std::int64_t now) {
    const auto when = read_when(text, timeline, now);
    INFO(text);
    REQUIRE(when);
    return when->frame_on(timeline);
}

}  // namespace

TEST_CASE("moments are read as musicians say them", "[moment]") {
    const Timeline timeline = running();  // a beat is 24000 frames
    CHECK(frame_of("bar 1", timeline, 0) == 0);
    CHECK(frame_of("bar 9", timeline, 0) == 8 * 96000);
    CHECK(frame_of("bar 9 beat 3", timeline, 0) == 8 * 96000 + 2 * 24000);
    CHECK(frame_of("bar 2 beat 1.5", timeline, 0) == 96000 + 12000);
    CHECK(frame_of("beat 17", timeline, 0) == 16 * 24000);
    CHECK(frame_of("next bar", timeline, 5) == 96000);
    CHECK(frame_of("next bar", timeline, 96000) == 2 * 96000);
    CHECK(frame_of("next beat", timeline, 25000) == 48000);
    CHECK(frame_of("+4 beats", timeline, 100) == 100 + 96000);
    CHECK(frame_of("+2 bars", timeline, 100) == 100 + 2 * 96000);
    CHECK(frame_of("+8 steps", timeline, 0) == 48000);
    CHECK(frame_of("+1.5 s", timeline, 100) == 100 + 72000);
    for (const char* text : {"", "bar", "bar 0", "bar x", "beat 3 bar 2", "bar 1 bar 2", "next", "next week", "+2", "2 bars", "+-2 bars",
                             "+1e300 bars", "+1 s s", "bar 9 beat", "\"", "+nan s"}) {
        INFO(text);
        REQUIRE_FALSE(read_when(text, timeline, 0));
        CHECK(read_when(text, timeline, 0).refusal().code == "syntax");
    }
    CHECK(print_when({.beats = timeline.beats_at(99072)}, timeline, 0) == "bar 2 beat 1.128, frame 99072");
    CHECK(read_when("bar 2", timeline, 96001).refusal().reason == "bar 2 is over: it is bar 2 beat 1, frame 96001");
}

TEST_CASE("a line waits for its bar and is done at its frame", "[moment]") {
    Classic studio;
    Later later(studio);
    studio.done("play");
    studio.play(64);
    CHECK(studio.done("at \"bar 2\" set voice1.freq 330") == "queued until bar 2 beat 1, frame 96000");
    studio.play(95000 - 64);
    CHECK(later.frames.empty());
    CHECK(studio.done("/mod/voice1/freq") == "440.0 Hz");
    studio.play(2000);
    CHECK(later.frames == std::vector<std::int64_t>{96000});
    CHECK(studio.done("/mod/voice1/freq") == "330.0 Hz");
}

TEST_CASE("another tempo brings the moment to another frame", "[moment]") {
    Classic studio;
    Later later(studio);
    studio.done("play");
    studio.play(64);
    studio.done("at \"bar 2\" mute nobody");
    studio.done("at \"bar 2\" set voice1.amp 0.2");
    studio.play(48000 - 64);  // half of the bar
    studio.done("tempo 240");
    studio.play(40000);
    REQUIRE(later.frames.size() == 1);
    CHECK(std::abs(later.frames[0] - (48000 + 24000)) <= 32);  // the tempo changed at a block's boundary
    CHECK(later.refused == std::vector<std::string>{"/mute"});
}

TEST_CASE("while the transport stands the moment does not come", "[moment]") {
    Classic studio;
    Later later(studio);
    CHECK(studio.done("at \"bar 2\" set voice1.freq 220 ") == "queued until bar 2 beat 1, once the transport plays");
    studio.done("at \"+1 s\" set voice2.freq 220");
    studio.play(200000);
    CHECK(later.frames == std::vector<std::int64_t>{48000});
    studio.done("play");
    const std::int64_t start = studio.frame();
    studio.play(100000);
    REQUIRE(later.frames.size() == 2);
    CHECK(later.frames[1] == start + 96000);
}

TEST_CASE("what cannot be right at any time is refused at once", "[moment]") {
    Classic studio;
    CHECK(studio.refused("at \"bar 2\" wobble").find("no command") != std::string::npos);
    CHECK(studio.refused("at \"bar 2\" /nonsense").find("cannot wait") != std::string::npos);
    CHECK(studio.refused("at \"bar 2\" tempo fast").find("should be a number") != std::string::npos);
    CHECK(studio.refused("at \"bar 2\"").find("line is missing") != std::string::npos);
    CHECK(studio.refused("at soon play").find("no moment") != std::string::npos);
}
