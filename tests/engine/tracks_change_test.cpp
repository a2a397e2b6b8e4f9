// Patterns that are replaced, notes, and what they drive.
#include "catch.h"
#include "engine/track_stand.h"

using namespace stand;

namespace {

constexpr std::int64_t kStepFrames = 6000;  // at 120 bpm

std::vector<std::int64_t> steps_of(const std::vector<Played>& begins) {
    std::vector<std::int64_t> steps;
    for (const Played& p : begins) steps.push_back(p.frame / kStepFrames);
    return steps;
}

TrackScore melody(const char* steps, std::initializer_list<float> hertz) {
    TrackScore track = score(steps);
    track.has_pitch = true;
    track.pitch_port = TrackStand::kPitch;
    for (const float h : hertz) track.notes.push_back({h, h == 0, false, false});
    return track;
}

std::vector<float> pitches(const TrackStand& stand) {
    std::vector<float> all;
    for (const Played& p : stand.of(BlockEvent::Kind::jump)) all.push_back(p.value);
    return all;
}

}  // namespace

TEST_CASE("another pattern takes over at the next step, beat, bar or pass, at its own place in it", "[tracks]") {
    // In the middle of step 21: of the second bar, of the fourth pass of six steps.
    const std::pair<From, std::int64_t> kWhen[] = {
        {From::now, 22}, {From::step, 22}, {From::beat, 24}, {From::bar, 32}, {From::pass, 24}};
    for (const auto& [from, first] : kWhen) {
        TrackStand stand;
        stand.replace(score("XXXXXX"));
        stand.start();
        stand.run_until(21 * kStepFrames + 2976);
        stand.replace(score("x....", from));
        stand.run_until(60 * kStepFrames);
        std::vector<std::int64_t> wanted;
        for (std::int64_t step = 0; step < 60; ++step)
            if (step < first || step % 5 == 0) wanted.push_back(step);
        INFO("from " << static_cast<int>(from));
        CHECK(steps_of(stand.begins()) == wanted);
        CHECK(stand.retired() == 1);
    }
}

TEST_CASE("a pattern that was replaced before its turn never plays", "[tracks]") {
    TrackStand stand;
    stand.replace(score("X..."));
    stand.start();
    stand.run_until(2 * kStepFrames);
    stand.replace(score("xxxx", From::bar));
    stand.run_until(3 * kStepFrames);
    stand.replace(score(".x..", From::bar));
    CHECK(stand.retired() == 1);
    stand.run_until(24 * kStepFrames);
    CHECK(steps_of(stand.begins()) == std::vector<std::int64_t>{0, 4, 8, 12, 17, 21});
    CHECK(stand.retired() == 1);
}

TEST_CASE("replaced at once, again and again: no step is dropped and none comes twice", "[tracks]") {
    for (const float swing : {0.0f, 0.6f}) {
        TrackStand stand;
        stand.swing(swing);
        stand.tempo(117.3);
        stand.replace(score("XXX"));
        stand.start();
        for (int block = 0; block < 20000; ++block) {
            stand.replace(score("XXX", From::now));
            stand.run(CHRONUS_BLOCK);
            stand.retired();
        }
        const auto begins = stand.begins();
        const double frames = 60.0 * 48000 / (4 * 117.3);
        CHECK(begins.size() == static_cast<std::size_t>(20000 * CHRONUS_BLOCK / frames) + 1);
        double most = 0;
        for (std::size_t n = 0; n < begins.size(); n += 2)
            most = std::max(most, std::abs(double(begins[n].frame) - double(n) * frames));
        CHECK(most < 0.51);
    }
}

TEST_CASE("patterns of other steps a beat take over at the same musical time", "[tracks]") {
    TrackStand stand;
    stand.replace(score("X"));  // sixteenths
    stand.start();
    stand.run_until(5 * kStepFrames + 640);
    TrackScore triplets = score("x", From::beat);
    triplets.pace = {3, 1};
    stand.replace(std::move(triplets));
    stand.run_until(12 * kStepFrames);
    std::vector<std::int64_t> found, wanted{0, 6000, 12000, 18000, 24000, 30000, 36000, 42000, 48000, 56000, 64000};
    for (const Played& p : stand.begins()) found.push_back(p.frame);
    CHECK(found == wanted);
    CHECK(stand.open_gates() == 0);
}

TEST_CASE("each hit takes the next note, around and around; a rest takes one too", "[tracks]") {
    TrackStand stand;
    stand.replace(melody("X.xX....", {100, 200, 0, 400}));
    stand.start();
    stand.run(kStepFrames * 24);
    CHECK(pitches(stand) == std::vector<float>{100, 200, 400, 100, 200, 400, 100});
    CHECK(stand.begins().size() == 7);
    for (const Played& p : stand.of(BlockEvent::Kind::jump)) CHECK(p.frame % kStepFrames == 0);
}

TEST_CASE("another pattern keeps its place in the notes, unless it is told to begin them again", "[tracks]") {
    for (const bool restart : {false, true}) {
        TrackStand stand;
        stand.replace(melody("XXXX", {100, 200, 300}));
        stand.start();
        stand.run_until(4 * kStepFrames - 640);
        TrackScore next = melody("X.X.", {100, 200, 300});
        next.restart_notes = restart;
        stand.replace(std::move(next));
        stand.run_until(8 * kStepFrames);
        const auto all = pitches(stand);
        const std::vector<float> last(all.end() - 2, all.end());
        CHECK(last == (restart ? std::vector<float>{100, 200} : std::vector<float>{200, 300}));
    }
}

TEST_CASE("what a track drives returns to its base when the track goes, but the pitch stays for what still rings", "[tracks]") {
    const auto driving = [] {
        TrackScore track = melody("X", {100});
        track.drives.push_back({TrackStand::kCutoff, 800, 0, 20, 20000});
        return track;
    };
    for (const int way : {0, 1, 2}) {
        TrackStand stand;
        stand.replace(driving());
        stand.start();
        stand.run(kStepFrames);
        CHECK(stand.driven(TrackStand::kCutoff) == 1);
        if (way == 0) stand.remove(0);
        if (way == 1) stand.stop();
        if (way == 2) stand.replace(score("X", From::now));
        stand.run(64);
        CHECK(stand.driven(TrackStand::kCutoff) == 0);
        const auto back = stand.of(BlockEvent::Kind::let_go);
        REQUIRE(back.size() == 1);
        CHECK(back[0].input == TrackStand::kCutoff);
    }
}

TEST_CASE("a score that takes over within a block leaves nothing driven or open from before", "[tracks]") {
    // The last hit of the old score lies in the very block in which the new one takes over.
    for (const std::uint32_t to : {0u, 1u}) {
        TrackStand stand(2);
        stand.tempo(110);  // the second bar begins 23 frames into a block
        TrackScore old = score("X...");
        old.drives.push_back({TrackStand::kCutoff, 800, 0, 20, 20000});
        old.hits.push_back({4 * kStep - kStep / 400, kStep, 1, false});  // 16 frames before each beat
        stand.replace(std::move(old));
        stand.start();
        stand.run_until(100 * 1024);
        TrackScore next = score(".X..", From::bar);
        next.module = to;
        stand.replace(std::move(next));
        stand.run_until(104832);
        INFO("to module " << to);
        REQUIRE(stand.begins().back().frame == 104711);
        CHECK(stand.driven(TrackStand::kCutoff) == 0);
        CHECK(stand.open_gates() == (to == 0 ? 1 : 0));  // a note of the same module lasts as long as it was told to
    }
}

TEST_CASE("stop closes all gates, start begins at step 0", "[tracks]") {
    TrackStand stand(2);
    stand.replace(score("X_______", From::step, 0));
    stand.replace(score("..x_____", From::step, 1));
    stand.start();
    stand.run_until(5 * kStepFrames);
    CHECK(stand.open_gates() == 2);
    stand.stop();
    stand.run(64);
    CHECK(stand.open_gates() == 0);
    stand.run(10 * kStepFrames);
    CHECK(stand.begins().size() == 2);
    const std::int64_t again = stand.frame;
    stand.start();
    stand.run(3 * kStepFrames);
    CHECK(stand.begins()[2].frame == again);
    CHECK(stand.begins()[3].frame == again + 2 * kStepFrames);
}

TEST_CASE("an accent and a hit's velocity open what the track drives, within its range", "[tracks]") {
    TrackStand stand;
    TrackScore track = score("Xx");
    track.drives.push_back({TrackStand::kCutoff, 1000, 1500, 20, 1200});
    stand.replace(std::move(track));
    stand.start();
    stand.run(2 * kStepFrames - 64);
    const auto jumps = pitches(stand);
    REQUIRE(jumps.size() == 2);
    CHECK(jumps[0] == 1200);            // 1000 + 1500 * 0.5, held to the range
    CHECK(jumps[1] == Approx(1150));  // 1000 + 1500 * 0.1
}
