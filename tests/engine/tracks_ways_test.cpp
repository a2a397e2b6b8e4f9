// The ways a track may go: its pace, its swing, what strays, what is joined, and lanes, which lead a parameter.
#include <cmath>

#include "catch.h"
#include "engine/track_stand.h"

using namespace stand;

namespace {

constexpr std::int64_t kStepFrames = 6000;  // a sixteenth at 120 bpm

std::vector<std::int64_t> frames(const std::vector<Played>& played) {
    std::vector<std::int64_t> all;
    for (const Played& p : played) all.push_back(p.frame);
    return all;
}

TrackScore lane(std::vector<float> values, Role role) {
    TrackScore made = score("");
    made.role = role;
    made.drives.push_back({.port = TrackStand::kCutoff, .value = 0, .by_velocity = 0, .minimum = 0, .maximum = 20000});
    for (std::size_t i = 0; i < values.size(); ++i)
        made.hits.push_back({.at = static_cast<Steps32>(i) * kStep, .length = kStep, .velocity = values[i], .tie = false});
    made.pass = static_cast<Steps32>(values.size()) * kStep;
    return made;
}

}  // namespace

TEST_CASE("a track has its own pace, in any ratio to sixteenths", "[tracks]") {
    for (const auto& [pace, step] : {std::pair{Pace{8, 1}, 3000}, {Pace{2, 1}, 12000}, {Pace{3, 1}, 8000}, {Pace{8, 3}, 9000}}) {
        TrackStand stand;
        TrackScore made = score("X");
        made.pace = pace;
        stand.replace(made);
        stand.start();
        stand.run_until(72000);
        std::vector<std::int64_t> wanted;
        for (std::int64_t at = 0; at < 72000; at += step) wanted.push_back(at);
        CHECK(frames(stand.begins()) == wanted);
    }
}

TEST_CASE("swing has a grid, and a track may have its own", "[tracks]") {
    TrackStand stand(3);
    stand.swing(0.5f);
    TrackScore eighths = score("X", From::step, 1), straight = score("X", From::step, 2);
    eighths.own_swing = straight.own_swing = true;
    eighths.swing = Swing::of(0.25f, 2);
    stand.replace(score("X"));
    stand.replace(eighths);
    stand.replace(straight);
    stand.start();
    stand.run_until(24000);
    std::vector<std::int64_t> found[3];
    for (const Played& p : stand.begins()) found[p.module].push_back(p.frame);
    CHECK(found[0] == std::vector<std::int64_t>{0, 9000, 12000, 21000});
    CHECK(found[1] == std::vector<std::int64_t>{0, 7500, 15000, 19500});  // the eighth by a quarter of itself, its sixteenths between
    CHECK(found[2] == std::vector<std::int64_t>{0, 6000, 12000, 18000});
}

TEST_CASE("hits stray as far as they may, to both sides, and the same in every run", "[tracks]") {
    std::vector<std::int64_t> first;
    for (int run = 0; run < 2; ++run) {
        TrackStand stand;
        TrackScore made = score("X");
        made.seed = 5;
        made.time_stray = kStep / 5;
        made.velocity_stray = 0.3f;
        stand.replace(made);
        stand.start();
        stand.run_until(kStepFrames * 400);
        const auto begins = stand.begins();
        REQUIRE(begins.size() >= 399);
        std::int64_t early = 0, late = 0;
        float softest = 1;
        for (std::size_t n = 0; n < begins.size(); ++n) {
            const std::int64_t away = begins[n].frame - static_cast<std::int64_t>(n) * kStepFrames;
            early = std::min(early, away);
            late = std::max(late, away);
            softest = std::min(softest, begins[n].value);
            CHECK(begins[n].value <= 1.0f);
        }
        CHECK(early >= -1200);
        CHECK(late <= 1200);
        CHECK(early < -700);
        CHECK(late > 700);
        CHECK(softest == Approx(0.72).margin(0.05));
        if (run == 0) first = frames(begins);
        CHECK(frames(begins) == first);
        CHECK(stand.ends().size() + stand.open_gates() == begins.size());
    }
}

TEST_CASE("legato: a note that begins where one is held takes its gate over", "[tracks]") {
    TrackStand stand;
    TrackScore made = score("XX_X..XX");
    made.legato = true;
    made.gate_fraction = 1;
    made.has_pitch = true;
    made.pitch_port = TrackStand::kPitch;
    made.notes = {{.hertz = 100, .rest = false, .slide = false, .accent = false}, {.hertz = 200, .rest = false, .slide = false, .accent = false}};
    stand.replace(made);
    stand.start();
    stand.run_until(kStepFrames * 7 + 640);
    CHECK(frames(stand.begins()) == std::vector<std::int64_t>{0, 6 * kStepFrames});
    CHECK(frames(stand.ends()) == std::vector<std::int64_t>{4 * kStepFrames});
    CHECK(frames(stand.of(BlockEvent::Kind::jump)) ==
          std::vector<std::int64_t>{0, kStepFrames, 3 * kStepFrames, 6 * kStepFrames, 7 * kStepFrames});
    stand.stop();
    stand.run(640);
    CHECK(stand.open_gates() == 0);
}

TEST_CASE("a lane leads a parameter to its values, and lets go of it when it stops or is gone", "[tracks]") {
    for (const bool stops : {true, false}) {
        TrackStand stand;
        stand.replace(lane({200, 400, 800}, Role::steps));
        stand.start();
        stand.run_until(kStepFrames * 4 + 640);
        const auto slides = stand.of(BlockEvent::Kind::slide);
        CHECK(frames(slides) == std::vector<std::int64_t>{0, kStepFrames, 2 * kStepFrames, 3 * kStepFrames, 4 * kStepFrames});
        CHECK(slides[2].value == 800);
        CHECK(stand.begins().empty());
        CHECK(stand.driven(TrackStand::kCutoff) == 1);
        stops ? stand.stop() : stand.remove(0);
        stand.run(640);
        CHECK(stand.driven(TrackStand::kCutoff) == 0);
    }
}

TEST_CASE("a lane with ways between is told where each leads, and how long it takes", "[tracks]") {
    TrackStand stand;
    TrackScore made = lane({200, 400, 800}, Role::exponential);
    // The one in the middle comes in every second pass.
    made.conditions.push_back({.by_chance = false, .every = 1, .place = 0, .of = 2, .from = 0, .to = 1});
    made.hits[1].conditions = 1;
    stand.replace(made);
    stand.start();
    stand.run_until(kStepFrames * 6 - 640);
    const auto leads = stand.of(BlockEvent::Kind::lead_exponential);
    REQUIRE(leads.size() == 5);
    const std::vector<std::pair<float, float>> wanted{{400, 0.25f}, {800, 0.25f}, {200, 0.25f}, {800, 0.5f}, {200, 0.25f}};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        CHECK(leads[i].value == wanted[i].first);
        CHECK(leads[i].onset == Approx(wanted[i].second));
    }
}

TEST_CASE("a lane that falls silent lets go", "[tracks]") {
    TrackStand stand;
    stand.replace(lane({200, 400}, Role::linear));
    stand.start();
    stand.run_until(kStepFrames);
    TrackScore silent = lane({200, 400}, Role::linear);
    silent.audible = false;
    stand.replace(silent);
    stand.run_until(kStepFrames * 4);
    CHECK(stand.driven(TrackStand::kCutoff) == 0);
}

TEST_CASE("a pattern that is to come at the bar comes at that of its signature", "[tracks]") {
    TrackStand stand;
    stand.timeline = stand.timeline.with_signature(0, {7, 8});
    stand.replace(score("."));
    stand.start();
    stand.timeline = stand.timeline.from_start(0);
    stand.run_until(kStepFrames * 3);
    stand.replace(score("X...............", From::bar));
    stand.run_until(kStepFrames * 40);
    // 14 sixteenths a bar: at step 14 it stands at its fourteenth, and begins again at 16.
    CHECK(frames(stand.begins()) == std::vector<std::int64_t>{16 * kStepFrames, 32 * kStepFrames});
}

TEST_CASE("sixteen tracks over a day: every hit on its frame, none lost", "[.slow]") {
    TrackStand stand(16);
    stand.tempo(174);
    for (std::uint32_t slot = 0; slot < 16; ++slot) {
        TrackScore made = score(std::string(slot + 3, 'X').c_str(), From::step, slot);
        made.pace = {slot % 2 ? 4 : 3, 1};
        stand.replace(made);
    }
    stand.start();
    const std::int64_t day = std::int64_t{24} * 3600 * 48000, minute = 60 * 48000;
    std::int64_t count[16] = {}, off = 0;
    while (stand.frame < day) {
        stand.run(minute);
        for (const Played& p : stand.played) {
            if (p.kind != BlockEvent::Kind::begin) continue;
            const std::int64_t per_beat = p.module % 2 ? 4 : 3, n = count[p.module]++;
            // 60 * 48000 / 174 frames a beat: halves round up.
            const __int128 twice = static_cast<__int128>(2) * n * 2880000 + 174 * per_beat;
            off += std::abs(p.frame - static_cast<std::int64_t>(twice / (2 * 174 * per_beat)));
        }
        stand.played.clear();
    }
    CHECK(off == 0);
    for (int slot = 0; slot < 16; ++slot) CHECK(std::abs(count[slot] - 24 * 60 * 174 * (slot % 2 ? 4 : 3)) <= 1);
}
