#include "chronus/top_view.h"

#include <algorithm>

#include "catch.h"

using namespace chronus;
using namespace chronus::hand;

namespace {

TopState playing() {
    TopState state;
    state.answered = true;
    state.device = "null";
    state.rate = 48000;
    state.device_frames = 256;
    state.realtime = true;
    state.playing = true;
    state.bpm = 174;
    state.bar = 3;
    state.beat = 2.3;  // step 5 of a bar
    state.tracks = {{"k", "k", "X...X...X...X...", {}, false},
                    {"h", "h", "x.", {}, true},
                    {"s", "s", "", {"C2", "D2", "E2"}, false}};
    state.costs = {{"reverb", 50.2}, {"kick", 30}};
    return state;
}

std::string text_of(const std::vector<Line>& lines) {
    std::string text;
    for (const Line& line : lines) text += plain_text(line) + "\n";
    return text;
}
bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// What is marked in the line that begins with a name.
std::string marked(const std::vector<Line>& lines, const std::string& name) {
    for (const Line& line : lines)
        if (plain_text(line).starts_with(name))
            for (const Piece& piece : line)
                if (piece.style == Style::marked) return piece.text;
    return "";
}
bool alarms(const std::vector<Line>& lines, const std::string& part) {
    for (const Line& line : lines)
        for (const Piece& piece : line)
            if (piece.style == Style::alarm && has(piece.text, part)) return true;
    return false;
}

}  // namespace

TEST_CASE("top shows tempo, place, load, cost and tracks with the step under way", "[chronus]") {
    const auto lines = draw(playing(), {80, 24}, false);
    const std::string text = text_of(lines);
    for (const char* part : {"null at 48000 Hz", "playing  174 bpm", "bar 3.2", "0 xruns", "0 faults",
                             "reverb", "X... X... X... X..."}) {
        CAPTURE(part, text);
        CHECK(has(text, part));
    }
    CHECK(marked(lines, "k ") == ".");
    CHECK(marked(lines, "s ") == "D2");  // step 37 of notes that are three
    TopState later = playing();
    later.beat = 3;
    CHECK(marked(draw(later, {80, 24}, false), "k ") == "X");
    later.playing = false;
    CHECK(marked(draw(later, {80, 24}, false), "k ").empty());
    CHECK(has(text_of(draw(later, {80, 24}, false)), "stopped"));
}

TEST_CASE("top fits every size, with and without a daemon, and is ASCII unless it may be more", "[chronus]") {
    TopState many = playing();
    for (int i = 0; i < 40; ++i)
        many.tracks.push_back(
            {"track-with-a-long-name-" + std::to_string(i), "m", std::string(300, 'x'), {}, false});
    for (int i = 0; i < 40; ++i) many.costs.emplace_back("type" + std::to_string(i), 1);
    TopState gone = many;
    gone.trouble = "no daemon answers at 127.0.0.1:5005; start one: chronusd";
    for (const TopState& state : {many, gone, playing(), TopState{}})
        for (const Size size : {Size{80, 24}, Size{20, 5}, Size{1, 1}, Size{300, 100}, Size{40, 12}})
            for (const bool utf8 : {false, true}) {
                const auto lines = draw(state, size, utf8);
                REQUIRE(lines.size() <= size.rows);
                for (const Line& line : lines) {
                    REQUIRE(width_of(line) <= size.columns);
                    const std::string text = plain_text(line);
                    if (!utf8)
                        REQUIRE(std::all_of(text.begin(), text.end(),
                                            [](char c) { return c >= ' ' && c < 127; }));
                }
            }
}

TEST_CASE("of a pattern that is wider than the screen the part that plays is shown", "[chronus]") {
    TopState state = playing();
    state.tracks = {{"k", "k", std::string(64, 'x') + std::string(64, 'X'), {}, false}};
    state.bar = 1;
    CHECK(has(text_of(draw(state, {80, 24}, false)), "xxxx xxxx"));
    state.bar = 5;
    const std::string text = text_of(draw(state, {80, 24}, false));
    CHECK(has(text, "XXXX XXXX"));
    CHECK_FALSE(has(text, "xxxx"));
}

TEST_CASE("what is wrong stands out", "[chronus]") {
    TopState state = playing();
    CHECK_FALSE(alarms(draw(state, {80, 24}, false), ""));
    state.xruns = 3;
    state.faults = 1;
    state.load_p99_percent = 90;
    state.realtime = false;
    state.loudness = Loudness{-8, -0.1, -10, 8, false};
    const auto lines = draw(state, {120, 24}, false);
    for (const char* part : {"3 xruns", "1 faults", "p99 90", "not real-time", "limiting 8"})
        CHECK(alarms(lines, part));
}

TEST_CASE("meters rise with what is heard, and tell its level", "[chronus]") {
    TopState state = playing();
    const auto full = [&](double lufs) {
        state.loudness = Loudness{lufs, lufs, lufs, 0, false};
        const std::string text = text_of(draw(state, {80, 24}, false));
        return std::count(text.begin(), text.end(), '#');
    };
    const auto silent = full(-120), middle = full(-30), loud = full(-6);
    CHECK(silent < middle);
    CHECK(middle < loud);
    CHECK(has(text_of(draw(state, {80, 24}, false)), "-6.0 LUFS"));
}

TEST_CASE("when the daemon goes away top says so, and keeps what it knew in the background", "[chronus]") {
    TopState state = playing();
    state.trouble = "no daemon answers at /tmp/a.sock; start one: chronusd";
    const auto lines = draw(state, {80, 24}, false);
    CHECK(alarms(lines, "no daemon answers at /tmp/a.sock"));
    CHECK(has(text_of(lines), "174 bpm"));
    CHECK(marked(lines, "k ").empty());
    TopState never;
    never.trouble = state.trouble;
    CHECK_FALSE(has(text_of(draw(never, {80, 24}, false)), "bpm"));
}
