// What a text of steps plays, pass after pass: chance, turns, and where the gates open and close.
#include <cmath>
#include <map>

#include "catch.h"
#include "engine/track_stand.h"
#include "pattern/pass.h"
#include "pattern/trees.h"
#include "sound/measure.h"
#include "studio/instrument.h"
#include "studio/score.h"

using namespace stand;

namespace {

constexpr std::int64_t kStepFrames = 6000;  // at 120 bpm

pattern::Steps parsed(const std::string& text) {
    const auto steps = pattern::parse_steps(text);
    if (!steps) FAIL(steps.refusal().reason);
    return *steps;
}

TrackScore written(const pattern::Steps& steps, std::uint64_t seed = 1) {
    TrackScore made;
    made.generation = 1;
    made.seed = seed;
    add_hits(steps, Track{}, made);
    return made;
}
TrackScore written(const std::string& text, std::uint64_t seed = 1) { return written(parsed(text), seed); }

// The velocities of the first `steps` steps, as marks.
std::string heard(const std::string& text, std::int64_t steps, std::uint64_t seed = 1) {
    TrackStand stand;
    stand.replace(written(text, seed));
    stand.start();
    stand.run_until(steps * kStepFrames - 64);
    std::string marks(static_cast<std::size_t>(steps), '.');
    for (const Played& p : stand.begins()) marks[static_cast<std::size_t>(p.frame / kStepFrames)] = p.value > 0.8 ? 'X' : p.value > 0.4 ? 'x' : 'g';
    return marks;
}

// Steps during which the gate is open at three quarters of the step.
std::string held(const std::string& text, std::int64_t steps) {
    TrackStand stand;
    stand.replace(written(text));
    stand.start();
    std::string marks;
    for (std::int64_t step = 0; step < steps; ++step) {
        stand.run_until(step * kStepFrames + 4480);
        marks += stand.open_gates() > 0 ? '#' : '.';
        stand.run_until((step + 1) * kStepFrames - 48);
    }
    return marks;
}

}  // namespace

TEST_CASE("turns come round exactly, nested ones a round of the outer later") {
    CHECK(heard("<X.x>", 12) == "X.xX.xX.xX.x");
    CHECK(heard("<X@2g>.", 12) == "X.X.g.X.X.g.");
    CHECK(heard("<X<xg>>", 12) == "XxXgXxXgXxXg");
    CHECK(heard("<X<x<g.>>>", 16) == "XxXgXxX.XxXgXxX.");
    std::string wanted;
    for (int pass = 0; pass < 700; ++pass) wanted += pass % 5 == 3 ? "x" : pass % 7 == 2 ? "X" : ".";
    std::string found;
    const TrackScore score = written("<...x.><..X....>");
    for (int pass = 0; pass < 700; ++pass) {
        char mark = '.';
        for (std::size_t h = score.hits.size(); h-- > 0;)
            if (score.plays(score.hits[h], pass)) mark = score.hits[h].velocity > 0.8f ? (mark == '.' ? 'X' : mark) : 'x';
        found += mark;
    }
    CHECK(found == wanted);
}

TEST_CASE("chance plays as often as it says, and draws are independent") {
    constexpr int kPasses = 3000;
    for (const int chance : {0, 5, 30, 50, 95, 100}) {
        const TrackScore score = written("x?" + std::to_string(chance) + "X?" + std::to_string(chance), 7);
        int first = 0, second = 0, both = 0;
        for (int pass = 0; pass < kPasses; ++pass) {
            const bool a = score.plays(score.hits[0], pass), b = score.plays(score.hits[1], pass);
            first += a, second += b, both += a && b;
        }
        const double p = chance / 100.0, sigma = std::sqrt(kPasses * p * (1 - p)), q = p * p;
        INFO("x?" << chance);
        CHECK(std::abs(first - kPasses * p) <= 3 * sigma);
        CHECK(std::abs(second - kPasses * p) <= 3 * sigma);
        CHECK(std::abs(both - kPasses * q) <= 3 * std::sqrt(kPasses * q * (1 - q)));
    }
}

TEST_CASE("a choice takes exactly one each pass, each as often") {
    constexpr int kPasses = 3000;
    const TrackScore score = written("{x/X/g/[ff]}", 3);
    std::map<std::size_t, int> taken;
    for (int pass = 0; pass < kPasses; ++pass) {
        std::size_t plays = 0;
        for (std::size_t h = 0; h < score.hits.size(); ++h)
            if (score.plays(score.hits[h], pass)) ++taken[h], ++plays;
        if (plays != 1 && plays != 4) FAIL("pass " << pass << ": " << plays);
    }
    const double sigma = std::sqrt(kPasses * 0.25 * 0.75);
    for (const auto& [hit, count] : taken) CHECK(std::abs(count - kPasses * 0.25) <= 3 * sigma);
}

TEST_CASE("chance is of the studio's seed and the track's name, and a replay agrees") {
    const auto played = [](const char* lines, int seed) {
        Instrument instrument;
        instrument.load("seed " + std::to_string(seed) + "\ncreate hat h decay=0.03\n" + lines + "play\n");
        return instrument.play(96000);
    };
    const char* kOne = "sequence h: x?x?x?{x/./X}\n";
    CHECK(played(kOne, 5) == played(kOne, 5));
    CHECK(played(kOne, 5) != played(kOne, 6));
    CHECK(played("/seq/add a h x?x?x?{x/./X}\n", 5) != played("/seq/add b h x?x?x?{x/./X}\n", 5));
    // The same passes again, however the transport came there.
    CHECK(heard("x?X?30.{x/g/.}", 400, 9) == heard("x?X?30.{x/g/.}", 400, 9));
    TrackStand stand;
    stand.replace(written("x?X?30.{x/g/.}", 9));
    stand.start();
    for (int i = 0; i < 100; ++i) {
        stand.run(64 * 70);
        TrackScore again = written("x?X?30.{x/g/.}", 9);
        again.from = From::now;
        stand.replace(std::move(again));
    }
    stand.retired();
    const std::string all = heard("x?X?30.{x/g/.}", 74, 9);
    CHECK(stand.begins().size() == static_cast<std::size_t>(74 - std::count(all.begin(), all.end(), '.')));
}

TEST_CASE("a hold follows what was really played") {
    CHECK(held("X__.", 4) == "##..");
    CHECK(held("X@3.", 4) == "##..");
    CHECK(held("X<_.>_.", 8) == "##.." "....");
    CHECK(held("<X.>_.", 6) == "#.....");
    CHECK(held("<_.>.X", 9) == "..." "..#" "...");   // into the next pass, where that holds
    CHECK(held("x?0_.X_.", 6) == "...#..");
    CHECK(held("x?100_.", 3) == "#..");
    CHECK(held("<X _>", 4) == "#.#.");
    CHECK(held("<X _@3>", 8) == "###.###.");  // a drone of four passes
}

TEST_CASE("sub-step hits close their gates by their own length") {
    TrackStand stand;
    stand.replace(written("[xX]x*3F."));
    stand.start();
    stand.run_until(4 * kStepFrames);
    std::vector<std::int64_t> begins, ends;
    for (const Played& p : stand.begins()) begins.push_back(p.frame);
    for (const Played& p : stand.ends()) ends.push_back(p.frame);
    CHECK(begins == std::vector<std::int64_t>{0, 3000, 6000, 8000, 10000, 12000, 12750});
    CHECK(ends == std::vector<std::int64_t>{1500, 4500, 7000, 9000, 11000, 12375, 15000});
}

TEST_CASE("every sub-step onset lies within half a sample of its ideal time at 174 bpm, with swing") {
    for (const double swing : {0.0, 0.25, 0.6})
        for (const char* text : {"[xx]x*3", "[x*5[xx]]x*7", "x[x[x[xx]]].f", "x(5,8)[x(3,7)]@2F"}) {
            TrackStand stand;
            stand.tempo(174);
            stand.swing(static_cast<float>(swing));
            stand.replace(written(text));
            stand.start();
            const pattern::Steps steps = parsed(text);
            pattern::Pass pass;
            REQUIRE_FALSE(pattern::unfold(steps, pass));
            stand.run(48000 * 60);
            const double step_frames = 60.0 * 48000 / (4 * 174);
            double most = 0;
            std::size_t n = 0;
            for (const Played& p : stand.begins()) {
                const auto& hit = pass.hits[n % pass.hits.size()];
                const double at = double(n / pass.hits.size()) * double(pass.steps) + double(hit.at.over) / double(hit.at.under);
                const double pair = 2 * std::floor(at / 2), within = at - pair, s = stand.swing();
                const double warped = within < 1 ? within * (1 + s) : within + (2 - within) * s;
                // The note begins between the frame before and its own; onset says how much of it is past.
                most = std::max(most, std::abs(double(p.frame) - (pair + warped) * step_frames));
                ++n;
            }
            INFO(text << " swing " << swing);
            CHECK(n > 600);
            CHECK(most <= 0.5001);
        }
}

TEST_CASE("a hit that chance takes away takes its note with it") {
    const auto pitches = [](const std::string& text) {
        TrackStand stand;
        TrackScore score = written(text, 4);
        score.has_pitch = true;
        score.pitch_port = TrackStand::kPitch;
        for (const float hertz : {100.0f, 200.0f, 300.0f, 400.0f, 500.0f}) score.notes.push_back({hertz, false, false, false});
        stand.replace(std::move(score));
        stand.start();
        stand.run_until(200 * kStepFrames - 64);
        std::map<std::int64_t, float> all;
        for (const Played& p : stand.of(BlockEvent::Kind::jump)) all[p.frame / 1000] = p.value;
        return all;
    };
    const auto certain = pitches("xxXx"), chance = pitches("x?xX?30x?70"), turns = pitches("<x.>x<.X>x"), chosen = pitches("{x/.}x{X/./.}x");
    for (const auto* some : {&chance, &turns, &chosen}) {
        CHECK(some->size() < certain.size() - 20);
        for (const auto& [when, hertz] : *some) CHECK(certain.at(when) == hertz);
    }
    const auto strokes = pitches("x*3xXx");
    for (const auto& [when, hertz] : strokes) CHECK(certain.at(when / 6 * 6) == hertz);
    CHECK(strokes.size() == certain.size() + 100);
}

TEST_CASE("a melody has turns, chords and strokes, and sounds as its notes written out") {
    const auto played = [](const std::string& lines, const char* poly = "") {
        Instrument instrument;
        instrument.load(std::string("create voice v") + poly + "\n" + lines + "\nplay\n");
        return instrument.play(96000);
    };
    CHECK(played("melody v: <C3 F3> E3 . <G3 .>") == played("melody v: C3 E3 . G3 F3 E3 . ."));
    CHECK(played("melody v: C3!2 E3@3 36") == played("melody v: C3 C3 E3 _ _ 36"));
    CHECK(played("sequence v: X.xX\nmelody v: <C3 F3> E3 G3") == played("sequence v: X.xXX.xX\nmelody v: C3 E3 G3 F3 E3 G3"));
    CHECK(played("sequence v: X.xX\nmelody v: <C3 F3> _ G3") == played("sequence v: X.xXX.xX\nmelody v: C3 C3 G3 F3 F3 G3"));
    CHECK(played("sequence v: X.xX....\nmelody v: C3:m7 E3", " poly=4") == played("sequence v: X.xX....\nmelody v: [C3 Eb3 G3 Bb3] E3", " poly=4"));
    // Four lanes, each with its own note.
    const Sound chord = played("sequence v: X_______________\nmelody v: C4:maj7", " poly=4");
    for (const double hertz : {261.6256, 329.6276, 391.9954, 493.8833})
        CHECK(sound::frequency(chord.left.data() + 4000, 32768, hertz, 48000) == Approx(hertz).margin(0.5));
    Instrument mono;
    mono.done("create voice v");
    CHECK(mono.refused("melody v: C3:m7").find("v plays one note at a time") != std::string::npos);
    mono.done("sequence v: X.x.");
    CHECK(mono.refused("melody v: C3*3").find("* is for notes that are steps") != std::string::npos);
}

TEST_CASE("all notes of a chord end together, whatever is edited") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        laws::Dice dice(seed);
        TrackStand stand(2, static_cast<std::uint16_t>(2 + dice.below(5)));
        stand.start();
        for (int edit = 0; edit < 100; ++edit) {
            TrackScore score = written("x?_[xx]<X_>.", dice.bits());
            score.slot = score.module = static_cast<std::uint32_t>(dice.below(2));
            score.from = static_cast<From>(dice.below(5));
            score.has_pitch = true;
            score.pitch_port = TrackStand::kPitch;
            score.above = {200, 300, 400};
            score.notes.push_back({.hertz = 100, .rest = false, .slide = false, .accent = false, .above = static_cast<std::uint32_t>(dice.below(4))});
            if (dice.below(8) == 0) stand.remove(score.slot);
            else stand.replace(std::move(score));
            stand.run(static_cast<std::int64_t>(64 * dice.below(200)));
            stand.retired();
        }
        CHECK(stand.open_gates() <= 8);
        for (std::uint32_t slot = 0; slot < 2; ++slot) stand.remove(slot);
        stand.run(64);
        CHECK(stand.begins().size() > 200);
        CHECK(stand.open_gates() == 0);
    }
}

TEST_CASE("whatever is edited while all that steps can be plays, every gate closes") {
    for (const std::uint16_t lanes : {1, 4})
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            laws::Dice dice(seed);
            TrackStand stand(2, lanes);
            stand.start();
            for (int edit = 0; edit < 100; ++edit) {
                const auto slot = static_cast<std::uint32_t>(dice.below(3));
                pattern::Steps steps = trees::Trees(dice.bits()).steps();
                pattern::Pass pass;
                if (dice.below(6) == 0) stand.remove(slot);
                else if (dice.below(6) == 0) stand.tempo(20 + double(dice.below(979)));
                else if (dice.below(6) == 0) stand.swing(float(dice.below(7)) / 10);
                else if (!pattern::unfold(steps, pass)) {
                    TrackScore score = written(steps, dice.bits());
                    score.slot = slot;
                    score.module = static_cast<std::uint32_t>(dice.below(2));
                    score.from = static_cast<From>(dice.below(5));
                    score.gate_fraction = float(dice.below(5)) / 4;
                    stand.replace(std::move(score));
                }
                stand.run(static_cast<std::int64_t>(64 * dice.below(300)));
                stand.retired();
            }
            for (std::uint32_t slot = 0; slot < 3; ++slot) stand.remove(slot);
            stand.run(64);
            INFO("seed " << seed << ", " << lanes << " lanes");
            CHECK(stand.begins().size() > 100);
            CHECK(stand.open_gates() == 0);
        }
}

TEST_CASE("a rack keeps a pattern as it was written, and the answer shows its one form") {
    Instrument instrument;
    instrument.done("create kick k");
    CHECK(instrument.done("sequence k: X...X.x. | X _ . x").find("X...X.x.X_.x") != std::string::npos);
    CHECK(instrument.done("sequence k: X . [x x]*2 <X . x> | {x / . / X} x?30 x(3, 8)").find("X.[xx]*2<X.x>{x/./X}x?30x(3,8)") != std::string::npos);
    CHECK(instrument.refused("sequence k: X..<xx").find("column 4: < is never closed") != std::string::npos);
    CHECK(instrument.done("/seq/add a k \"x:80 X@2?\"").find("x:80X@2?") != std::string::npos);
}

TEST_CASE("the song of all that steps can be has each of it, and all its tracks sound") {
    const std::string song = text_of_file(CHRONUS_SOURCE_PATH "/patterns/turns.chr");
    std::string all;
    Instrument instrument;
    instrument.load(song);
    std::vector<std::string> names;
    for (const auto& [name, track] : instrument.studio().tracks) names.push_back(name), all += track.steps;
    for (const char sign : std::string("XxgF._[<{/*(@?!:")) {
        INFO(sign);
        CHECK(all.find(sign) != std::string::npos);
    }
    for (const std::string& name : names) {
        Instrument alone;
        alone.load(song);
        alone.done("solo " + name);
        INFO(name);
        CHECK(sound::peak(alone.play(4 * 87272).left) > 0.02);
    }
}
