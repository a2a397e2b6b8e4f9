// Tempo on its way: where beats come while it changes, against the parabola that it ought to be.
#include "engine/tempo_ramp.h"

#include <cmath>
#include <random>

#include "catch.h"
#include "engine/track_stand.h"

using namespace stand;

namespace {

constexpr double kRate = 48000;

// Frames until `beats` have gone by, the tempo going from one to another over `length` frames.
double frame_of(double beats, double from, double to, double length) {
    const double a = from / 60 / kRate, b = (to - from) / 60 / kRate / length;
    const double on_way = (a + b * length / 2) * length;
    if (beats >= on_way) return length + (beats - on_way) / (to / 60 / kRate);
    return b == 0 ? beats / a : 2 * beats / (a + std::sqrt(a * a + 2 * b * beats));
}

struct Way {
    double from, to, beats;
};

// How far the onsets of sixteenths lie from where they ought to, at the most.
double worst_onset(const Way& way, float swing) {
    TrackStand stand;
    stand.tempo(way.from);
    stand.swing(swing);
    stand.replace(score("X"));
    stand.start();
    TempoRamp ramp;
    const auto length = static_cast<Beats>(std::llround(way.beats * static_cast<double>(stand.timeline.per_beat())));
    ramp.begin(stand.timeline, 0, static_cast<std::int32_t>(std::lround(way.to * 1000)), length, true);
    const double frames = std::floor((2 * static_cast<double>(length) + (way.from + way.to) * 500) / (std::round(way.from * 1000) + std::round(way.to * 1000)));
    while (static_cast<double>(stand.frame) < frames + 4 * kRate) {
        if (ramp.runs()) stand.timeline = ramp.next(stand.timeline, stand.frame, stand.frame + CHRONUS_BLOCK);
        stand.run(CHRONUS_BLOCK);
    }
    double worst = 0;
    const auto begins = stand.begins();
    for (std::size_t n = 0; n < begins.size(); ++n) {
        const double late = n % 2 == 1 ? static_cast<double>(Swing::of(swing, 4).amount()) : 0.0;
        const double ideal = frame_of((static_cast<double>(n) + late) / 4, way.from, way.to, frames);
        worst = std::max(worst, std::abs(static_cast<double>(begins[n].frame) + 0.5 - static_cast<double>(begins[n].onset) - ideal));
        REQUIRE(std::abs(static_cast<double>(begins[n].frame) - ideal) < 0.52);
    }
    REQUIRE(begins.size() > 20);
    return worst;
}

}  // namespace

TEST_CASE("onsets follow a tempo's ramp to the sample, with swing too", "[tempo]") {
    // With the onset's fraction they are told to a hundredth of a sample: the line is straight within a block.
    CHECK(worst_onset({120, 174, 32}, 0) < 0.02);
    CHECK(worst_onset({174, 87, 64}, 0.3f) < 0.02);
    CHECK(worst_onset({90.123, 91.5, 16}, 0.5f) < 0.02);
    std::mt19937 chance(7);
    std::uniform_real_distribution<double> bpm(40, 400), beats(4, 200);
    for (int i = 0; i < 30; ++i)
        worst_onset({std::round(bpm(chance) * 1000) / 1000, std::round(bpm(chance) * 1000) / 1000, std::round(beats(chance))}, i % 2 ? 0.25f : 0.0f);
}

TEST_CASE("a ramp over beats ends on its beat, at the tempo it was to have", "[tempo]") {
    Timeline timeline = Timeline{}.from_start(0);
    TempoRamp ramp;
    ramp.begin(timeline, 0, 174000, 16 * timeline.per_beat(), true);
    std::int64_t frame = 0, ended = 0;
    for (; frame < 48000 * 20; frame += CHRONUS_BLOCK) {
        if (!ramp.runs()) break;
        timeline = ramp.next(timeline, frame, frame + CHRONUS_BLOCK);
        if (timeline.beats_at(frame) < 16 * timeline.per_beat()) ended = frame;
    }
    CHECK(timeline.tempo == 174000);
    const double beat = static_cast<double>(timeline.beats_at(ended)) / static_cast<double>(timeline.per_beat());
    CHECK(beat == Approx(16).margin(64 * 174.0 / 60 / 48000 * 1.01));
}

TEST_CASE("while the transport stands a ramp goes on, and from there when it plays again", "[tempo]") {
    Timeline timeline;
    TempoRamp ramp;
    ramp.begin(timeline, 0, 180000, 48000, false);
    std::int64_t frame = 0;
    for (; frame < 24000; frame += CHRONUS_BLOCK) timeline = ramp.next(timeline, frame, frame + CHRONUS_BLOCK);
    CHECK(timeline.tempo == Approx(150000).margin(200));
    timeline = timeline.from_start(frame);
    ramp.follow(timeline, frame);
    for (; ramp.runs(); frame += CHRONUS_BLOCK) timeline = ramp.next(timeline, frame, frame + CHRONUS_BLOCK);
    CHECK(timeline.tempo == 180000);
    CHECK(frame == Approx(48000).margin(2 * CHRONUS_BLOCK));
    const double beats = static_cast<double>(timeline.beats_at(frame)) / static_cast<double>(timeline.per_beat());
    CHECK(beats == Approx((static_cast<double>(frame) - 24000) * 165.0 / 60 / 48000).margin(0.01));
}
