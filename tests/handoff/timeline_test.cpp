#include "handoff/timeline.h"

#include <random>

#include "catch.h"
#include "handoff/rational.h"

using namespace chronus;
using exact::Rational;

namespace {

// The same music in fractions: where it stands in beats, and when a beat comes.
struct Ideal {
    Rational beat, frame;
    std::int32_t tempo;
    std::int64_t rate;

    Rational frames_a_beat() const { return Rational(60000 * rate, tempo); }
    Rational frame_of(Rational at) const { return frame + (at - beat) * frames_a_beat(); }
    void change(std::int64_t at, std::int32_t new_tempo) {
        beat = beat + (Rational(at) - frame) / frames_a_beat();
        frame = Rational(at);
        tempo = new_tempo;
    }
};

Timeline playing(std::int64_t rate, std::int32_t tempo) {
    Timeline timeline;
    timeline.rate = rate;
    timeline.tempo = tempo;
    timeline.running = true;
    return timeline;
}

}  // namespace

TEST_CASE("a frame's beat is nearest to that frame", "[timeline]") {
    std::mt19937_64 chance(1);
    for (int i = 0; i < 10000; ++i) {
        Timeline timeline = playing(44100 + 3900 * (i % 2), static_cast<std::int32_t>(20000 + chance() % 980000));
        timeline.frame = static_cast<std::int64_t>(chance() % 100000000);
        timeline.beats = static_cast<Beats>(chance() % 1000000000000);
        const std::int64_t frame = timeline.frame + static_cast<std::int64_t>(chance() % 4000000000);
        const Moment moment = timeline.moment_of(timeline.beats_at(frame));
        REQUIRE(moment.frame == frame);
        REQUIRE(moment.onset == 0.5f);
    }
}

TEST_CASE("ten thousand tempo changes in 24 hours: no frame off exact arithmetic", "[timeline]") {
    for (const std::int64_t rate : {48000, 44100}) {
        std::mt19937_64 chance(static_cast<std::uint64_t>(rate));
        Timeline timeline = playing(rate, 120000);
        Ideal ideal{0, 0, 120000, rate};
        const std::int64_t day = 24 * 3600 * rate;
        std::int64_t off = 0;
        for (std::int64_t change = 1; change <= 10000; ++change) {
            const std::int64_t next = change * (day / 10000) + static_cast<std::int64_t>(chance() % 8000) - 4000;
            // Sixteenths and triplets between the last change and this one.
            const std::int64_t first = (ideal.beat * 48).nearest() + 1;
            for (const std::int64_t step : {first, first + 1, first + static_cast<std::int64_t>(chance() % 500)}) {
                const Moment moment = timeline.moment_of(step * timeline.per_beat() / 48);
                off += std::abs(moment.frame - ideal.frame_of(Rational(step, 48)).nearest());
            }
            const auto tempo = static_cast<std::int32_t>(20000 + chance() % 980000);
            timeline = timeline.with_tempo(next, tempo);
            ideal.change(next, tempo);
        }
        CHECK(off == 0);
        CHECK((Rational(timeline.beats, timeline.per_beat()) - ideal.beat).over == 0);
    }
}

TEST_CASE("a beat comes before a frame if its own frame does", "[timeline]") {
    std::mt19937_64 chance(2);
    for (int i = 0; i < 100000; ++i) {
        Timeline timeline = playing(48000, static_cast<std::int32_t>(20000 + chance() % 980000));
        timeline.frame = static_cast<std::int64_t>(chance() % 1000);
        timeline.beats = static_cast<Beats>(chance() % 1000000);
        const Beats beat = timeline.beats + static_cast<Beats>(chance() % 2000000000) - 1000000000;
        const std::int64_t frame = timeline.moment_of(beat).frame;
        for (std::int64_t end = frame - 1; end <= frame + 1; ++end) {
            INFO("tempo " << timeline.tempo << " beat " << beat << " end " << end);
            REQUIRE(timeline.comes_before(beat, end) == (frame < end));
        }
    }
}

TEST_CASE("an onset tells the ideal time within half a frame", "[timeline]") {
    std::mt19937_64 chance(3);
    for (int i = 0; i < 100000; ++i) {
        // The slowest and the fastest tempo have the finest and the coarsest fractions.
        const auto any = static_cast<std::int32_t>(20000 + chance() % 980000);
        const std::int32_t tempo = i % 3 == 0 ? 20000 : i % 3 == 1 ? 999000 : any;
        const Timeline timeline = playing(48000, tempo);
        const auto beat = static_cast<Beats>(chance() % 1000000000);
        const Moment moment = timeline.moment_of(beat);
        REQUIRE(moment.onset > 0);
        REQUIRE(moment.onset <= 1);
        const double ideal = (Rational(beat, tempo) - Rational(moment.frame)).value();
        REQUIRE(ideal >= -0.5);
        REQUIRE(ideal < 0.5);
        REQUIRE(0.5 - ideal == Approx(moment.onset).margin(1e-6));
    }
}

TEST_CASE("halves of a frame round up, and are whole onsets", "[timeline]") {
    const Timeline timeline = playing(48000, 120000);
    const Moment half = timeline.moment_of(7 * 120000 + 60000);
    CHECK(half.frame == 8);
    CHECK(half.onset == 1.0f);
    CHECK(timeline.moment_of(7 * 120000 + 59999).frame == 7);
    CHECK(timeline.moment_of(-60000).frame == 0);
    CHECK(timeline.moment_of(-60001).frame == -1);
}

TEST_CASE("a stopped timeline stands still, whatever its tempo", "[timeline]") {
    Timeline timeline = playing(48000, 120000).moved_to(1000);
    const Beats there = timeline.beats;
    timeline.running = false;
    CHECK(timeline.beats_at(5000) == there);
    timeline = timeline.with_tempo(9000, 60000);
    CHECK(timeline.beats == there);
}

TEST_CASE("bars are counted by their signature, each from the line at which it began", "[timeline]") {
    Timeline line = playing(48000, 120000);
    const Beats beat = line.per_beat();
    CHECK(line.bar_at(9 * beat).number == 2);
    // Said at beat 5: seven eighths from the third bar on.
    line = line.with_signature(5 * 24000, {7, 8});
    CHECK(line.bar_at(7 * beat).number == 1);
    CHECK(line.bar_at(8 * beat).number == 2);
    CHECK(line.bar_at(8 * beat).length == 7 * beat / 2);
    CHECK(line.bar_at(15 * beat).number == 4);
    CHECK(line.bar_at(15 * beat).begin == 15 * beat);
    CHECK(line.bar_line(9 * beat) == 23 * beat / 2);
    CHECK(line.beat_line(11 * beat + beat / 4) == 23 * beat / 2);  // a bar's last beat is a half one
    CHECK(line.begin_of_bar(1) == 4 * beat);
    CHECK(line.begin_of_bar(3) == 23 * beat / 2);
    // Twice within a bar: the last word counts, the line stays.
    line = line.with_signature(6 * 24000, {3, 4});
    CHECK(line.bar_at(8 * beat).length == 3 * beat);
    CHECK(line.bar_at(7 * beat).length == 4 * beat);
    // On a line it is at once.
    line = line.with_signature(11 * 24000, {4, 4});
    CHECK(line.bar_at(11 * beat).number == 3);
    CHECK(line.bar_line(12 * beat) == 15 * beat);
    // From the start the bars are those of the newest.
    CHECK(line.from_start(99).bar_line(1) == 4 * beat);
}
