// When the sequencer plays: every step on its frame.
#include <cmath>
#include <random>

#include "catch.h"
#include "engine/track_stand.h"
#include "handoff/rational.h"

using namespace stand;
using exact::Rational;

namespace {

constexpr std::int64_t kRate = 48000;

// The frame nearest to a step, at four steps a beat.
std::int64_t frame_of(Rational step, std::int32_t tempo) {
    return (step * Rational(60000 * kRate, 4 * std::int64_t{tempo})).nearest();
}

}  // namespace

TEST_CASE("the millionth step lies on its exact frame", "[tracks]") {
    TrackStand stand;
    stand.tempo(174);
    stand.replace(score("X"));
    stand.start();
    std::int64_t off = 0, count = 0;
    for (std::int64_t step = 0; step <= 1000000; ++step) {
        const std::int64_t frame = frame_of(step, 174000);
        stand.played.clear();
        stand.jump_to(frame);
        for (const Played& p : stand.begins()) {
            off += std::abs(p.frame - frame);
            ++count;
        }
    }
    CHECK(off == 0);
    CHECK(count == 1000001);
    CHECK(frame_of(1000000, 174000) == 4137931034);  // 60 * 48000 / (4 * 174) a step
}

TEST_CASE("swing makes odd steps late by its part of a step, and keeps the bar's length", "[tracks]") {
    for (const int tenths : {0, 1, 3, 5, 6}) {
        TrackStand stand;
        stand.tempo(131);
        stand.swing(static_cast<float>(tenths) / 10);
        stand.replace(score("X"));
        stand.start();
        stand.run(16 * 8 * 6000);
        const auto begins = stand.begins();
        REQUIRE(begins.size() > 120);
        for (std::size_t n = 0; n < begins.size(); ++n) {
            const auto step = static_cast<std::int64_t>(n);
            INFO("swing " << tenths << " step " << step);
            const Rational ideal = step % 2 == 0 ? Rational(step) : Rational(10 * step + tenths, 10);
            // The swing is kept to 1/65536.
            REQUIRE(std::abs(begins[n].frame - frame_of(ideal, 131000)) <= (step % 2 == 0 ? 0 : 1));
        }
    }
}

TEST_CASE("tracks of different lengths each keep their own pass", "[tracks]") {
    TrackStand stand(3);
    stand.tempo(120);
    const char* patterns[] = {"X..x............", "X.........x.", "X..x.x."};
    for (std::uint32_t slot = 0; slot < 3; ++slot) stand.replace(score(patterns[slot], From::step, slot));
    stand.start();
    stand.run(6000 * 16 * 21);
    std::vector<Played> begins = stand.begins();
    std::vector<std::pair<std::int64_t, std::size_t>> found, wanted;
    for (const Played& p : begins) found.emplace_back(p.frame, p.module);
    for (std::int64_t step = 0; step < 16 * 21; ++step)
        for (std::size_t m = 0; m < 3; ++m) {
            const std::string pattern = patterns[m];
            if (pattern[static_cast<std::size_t>(step) % pattern.size()] != '.') wanted.emplace_back(step * 6000, m);
        }
    std::sort(found.begin(), found.end());
    CHECK(found == wanted);
}

TEST_CASE("a gate stays open for its fraction of its last step", "[tracks]") {
    for (const float fraction : {0.125f, 0.5f, 0.75f, 1.0f}) {
        TrackStand stand;
        stand.tempo(120);
        TrackScore track = score("X..X__..");
        track.gate_fraction = fraction;
        stand.replace(std::move(track));
        stand.start();
        stand.run(6000 * 8);
        const auto begins = stand.begins(), ends = stand.ends();
        REQUIRE(begins.size() == 2);
        REQUIRE(ends.size() == 2);
        const auto open = static_cast<std::int64_t>(6000 * fraction);
        CHECK(ends[0].frame == open);
        CHECK(begins[1].frame == 3 * 6000);
        CHECK(ends[1].frame == 5 * 6000 + open);
    }
}

TEST_CASE("notes that fill their steps end before the next begins, at the same frame", "[tracks]") {
    TrackStand stand;
    TrackScore track = score("X");
    track.gate_fraction = 1;
    stand.replace(std::move(track));
    stand.start();
    stand.run(6000 * 10);
    const auto& played = stand.played;
    REQUIRE(played.size() > 17);
    for (std::size_t i = 1; i + 1 < played.size(); i += 2) {
        CHECK(played[i].kind == BlockEvent::Kind::end);
        CHECK(played[i + 1].kind == BlockEvent::Kind::begin);
        CHECK(played[i].frame == played[i + 1].frame);
    }
}

TEST_CASE("a hold at the start of a pattern goes on with the note at its end", "[tracks]") {
    TrackStand stand;
    stand.replace(score("__.....X"));  // the note at the end of one pass lasts into the next
    stand.start();
    stand.run(6000 * 24);
    const auto begins = stand.begins(), ends = stand.ends();
    REQUIRE(begins.size() >= 2);
    REQUIRE(ends.size() >= 2);
    CHECK(begins[0].frame == 7 * 6000);
    CHECK(ends[0].frame == 9 * 6000 + 3000);
    CHECK(begins[1].frame == 15 * 6000);
    CHECK(ends[1].frame == 17 * 6000 + 3000);
}

TEST_CASE("tempo changes neither drop nor double a step", "[tracks]") {
    for (const float swing : {0.0f, 0.37f}) {
        std::mt19937_64 chance(7);
        TrackStand stand;
        stand.swing(swing);
        TrackScore track = score("XXXXXXXXXXXXXXXX");
        for (std::size_t h = 0; h < 16; ++h) track.hits[h].velocity = static_cast<float>(h + 1) / 16;
        stand.replace(std::move(track));
        stand.start();
        std::size_t wrong = 0, step = 0;
        for (int change = 0; change < 1000; ++change) {
            const Timeline before = stand.timeline;
            stand.tempo(static_cast<double>(20000 + chance() % 980000) / 1000);
            const auto most = std::max(before.tempo, stand.timeline.tempo);
            stand.played.clear();
            stand.run(CHRONUS_BLOCK * static_cast<std::int64_t>(1 + chance() % 600));
            for (const Played& p : stand.begins()) {
                wrong += p.value != static_cast<float>(step % 16 + 1) / 16;
                // Never further from its place than half a frame at the faster of the tempos it was expected in.
                if (swing == 0.0f) {
                    const Beats ideal = static_cast<Beats>(step) * stand.timeline.per_beat() / 4;
                    wrong += 2 * std::abs(stand.timeline.beats_at(p.frame) - ideal) > most;
                }
                ++step;
            }
        }
        CHECK(wrong == 0);
        CHECK(step > 10000);
        CHECK(stand.open_gates() <= 1);
    }
}
