// Euclidean rhythms and arpeggios: which steps, which notes, on which frames.
#include <optional>

#include "catch.h"
#include "sound/signals.h"

using namespace sound;

namespace {

constexpr int kQuarter = 9, kSixteenth = 15, kTriplet = 16;

struct Hit {
    size_t frame, length;
    float level;
    bool operator==(const Hit&) const = default;
};
std::vector<Hit> hits_of(const Samples& gate) {
    std::vector<Hit> hits;
    for (size_t i = 0; i < gate.size(); ++i) {
        if (gate[i] <= 0) continue;
        if (i == 0 || gate[i - 1] <= 0) hits.push_back({i, 0, gate[i]});
        ++hits.back().length;
    }
    return hits;
}

// "x..x" as the clock plays it, a step every 16 frames.
std::string rhythm(int steps, int pulses, int rotation, int length) {
    Specimen s("euclid");
    s.set("steps", float(steps)).set("pulses", float(pulses)).set("rotation", float(rotation));
    for (int n = 0; n < length; ++n) s.note(size_t(n) * 16, 8, 0.5f, "clock");
    const Samples out = s.render(size_t(length) * 16, "out");
    std::string text;
    for (int n = 0; n < length; ++n) text += out[size_t(n) * 16 + 4] > 0 ? 'x' : '.';
    return text;
}

// The semitones from C4 at each beginning of the gate.
std::vector<int> tones_of(const std::map<std::string, Samples>& out) {
    std::vector<int> tones;
    for (const Hit& hit : hits_of(out.at("gate"))) {
        const double semitones = 12.0 * out.at("pitch")[hit.frame];
        CHECK(std::fabs(semitones - std::round(semitones)) < 1e-4);
        tones.push_back(int(std::lround(semitones)));
    }
    return tones;
}
float hertz(int semitones) {
    return float(261.625565 * std::pow(2, semitones / 12.));
}
// Notes that join each other, a block apart, held to the end.
void hold(Specimen& s, const std::vector<int>& notes, size_t frames) {
    Samples freq(frames, hertz(notes[0]));
    for (size_t n = 0; n < notes.size(); ++n) {
        s.note(n * 64, frames - n * 64);
        std::fill(freq.begin() + long(n) * 64, freq.end(), hertz(notes[n]));
    }
    s.feed("freq", freq);
}
// What so many steps of a clock make of them, the first when all notes are there.
std::vector<int> arpeggio(Specimen& s, const std::vector<int>& notes, int steps) {
    const size_t frames = 1024 + size_t(steps) * 256;
    hold(s, notes, frames);
    for (int n = 0; n < steps; ++n) s.note(1024 + size_t(n) * 256, 128, 1, "clock");
    return tones_of(s.render(frames));
}
enum Mode { kUp, kDown, kUpDown, kAsPlayed, kRandom };
Specimen& moded(Specimen& s, Mode mode, int octaves = 1, int chord = 0) {
    return s.set("mode", float(mode)).set("octaves", float(octaves)).set("chord", float(chord));
}

}  // namespace

TEST_CASE("euclid: the rhythms that are known by name", "[sound][rhythm]") {
    CHECK(rhythm(8, 3, 0, 16) == "x..x..x.x..x..x.");  // tresillo
    CHECK(rhythm(8, 5, 0, 8) == "x.x.xx.x");           // a turn of the cinquillo
    CHECK(rhythm(16, 4, 0, 16) == "x...x...x...x...");
    CHECK(rhythm(4, 4, 0, 4) == "xxxx");
    CHECK(rhythm(4, 9, 0, 4) == "xxxx");
    CHECK(rhythm(4, 0, 0, 4) == "....");
    CHECK(rhythm(8, 3, 1, 8) == ".x..x..x");
    CHECK(rhythm(8, 3, 9, 8) == ".x..x..x");
}

TEST_CASE("euclid: so many hits as it is told, no two gaps more than a step apart, and turned as it is told",
          "[sound][rhythm]") {
    for (int steps = 1; steps <= 32; ++steps)
        for (int pulses = 0; pulses <= steps; pulses += 1 + pulses / 4) {
            const std::string text = rhythm(steps, pulses, 0, 2 * steps);
            INFO(text);
            CHECK(std::count(text.begin(), text.begin() + steps, 'x') == pulses);
            CHECK(text.substr(0, size_t(steps)) == text.substr(size_t(steps)));
            size_t least = 99, most = 0;
            for (size_t at = text.find('x'), next; (next = text.find('x', at + 1)) != text.npos; at = next)
                least = std::min(least, next - at), most = std::max(most, next - at);
            CHECK(most <= least + 1);
            const int turn = steps / 2;
            CHECK(rhythm(steps, pulses, turn, 2 * steps).substr(size_t(turn), size_t(steps)) ==
                  text.substr(0, size_t(steps)));
        }
}

TEST_CASE("euclid: by the clock each hit is a note of its own, and a reset begins again", "[sound][rhythm]") {
    Specimen s("euclid");
    s.set("steps", 4).set("pulses", 4);
    for (int n = 0; n < 8; ++n) s.note(size_t(n) * 100, 100, 0.25f, "clock");  // each to the next
    CHECK(hits_of(s.render(832, "out")) == std::vector<Hit>{{0, 100, 0.25f},
                                                            {101, 99, 0.25f},
                                                            {201, 99, 0.25f},
                                                            {301, 99, 0.25f},
                                                            {401, 99, 0.25f},
                                                            {501, 99, 0.25f},
                                                            {601, 99, 0.25f},
                                                            {701, 99, 0.25f}});
    Specimen again("euclid");
    again.set("steps", 8).set("pulses", 1).note(0, 10, 1, "clock").note(64, 10, 1, "clock").render(128);
    again.note(0, 10, 1, "reset").render(64);
    CHECK(hits_of(again.note(5, 10, 1, "clock").render(64, "out")) == std::vector<Hit>{{5, 10, 1}});
}

TEST_CASE(
    "euclid: synced, its hits are on the frames nearest to the beats and swing, none lost and none twice",
    "[sound][rhythm]") {
    for (const double rate : {44100., 48000.})
        for (const double tempo : {120., 137.123, 174.})
            for (const double beat : {0., 6.1, 1000.})
                for (const float swing : {0.f, 0.33f}) {
                    Specimen s("euclid", rate);
                    s.set("sync", kSixteenth).set("steps", 8).set("pulses", 3).set("hold", 0.25f);
                    s.swing(swing).play(tempo, beat);
                    const size_t length = size_t(rate * 20) / 64 * 64;
                    const std::vector<Hit> hits = hits_of(s.render(length, "out"));
                    const double step = tempo / 60 / rate;
                    std::vector<size_t> wanted;
                    for (long n = long(beat * 4) - 2;; ++n) {
                        const double late = n % 2 ? double(swing) : 0;
                        const double frame = std::floor(((double(n) + late) / 4 - beat) / step + 0.5 + 1e-6);
                        if (frame >= double(length)) break;
                        if (frame >= 0 && (n % 8 == 0 || n % 8 == 3 || n % 8 == 6))
                            wanted.push_back(size_t(frame));
                    }
                    INFO(tempo << " at " << rate << " from " << beat << ", swing " << swing);
                    REQUIRE(hits.size() == wanted.size());
                    size_t off = 0;
                    for (size_t h = 0; h < hits.size(); ++h) off += hits[h].frame != wanted[h];
                    CHECK(off == 0);
                    CHECK(double(hits[1].length) == Approx(0.25 * 0.25 / step).margin(1.01));
                }
    Specimen standing("euclid");
    CHECK(peak(standing.set("sync", kSixteenth).set("pulses", 8).render(48000, "out")) == 0);
}

TEST_CASE("arp: up, down, up and down, as played", "[sound][rhythm]") {
    const auto in = [](Mode mode, std::vector<int> notes, int octaves, int steps) {
        Specimen s("arp");
        return arpeggio(moded(s, mode, octaves), notes, steps);
    };
    using Tones = std::vector<int>;
    CHECK(in(kUp, {7, 0, 4}, 1, 7) == Tones{0, 4, 7, 0, 4, 7, 0});
    CHECK(in(kUp, {7, 0, 4}, 2, 7) == Tones{0, 4, 7, 12, 16, 19, 0});
    CHECK(in(kDown, {7, 0, 4}, 2, 7) == Tones{19, 16, 12, 7, 4, 0, 19});
    CHECK(in(kUpDown, {7, 0, 4}, 1, 9) == Tones{0, 4, 7, 4, 0, 4, 7, 4, 0});
    CHECK(in(kUpDown, {0, 4}, 1, 4) == Tones{0, 4, 0, 4});
    CHECK(in(kUpDown, {3}, 1, 3) == Tones{3, 3, 3});
    CHECK(in(kAsPlayed, {7, 0, 4}, 1, 7) == Tones{7, 0, 4, 7, 0, 4, 7});
    CHECK(in(kAsPlayed, {7, 0, 4}, 2, 7) == Tones{7, 0, 4, 19, 12, 16, 7});
    CHECK(in(kUp, {0, 0, 5}, 1, 3) == Tones{0, 5, 0});
    CHECK(in(kUp, {0, 1, 2, 3, 4, 5, 6, 7, 8}, 1, 9) == Tones{1, 2, 3, 4, 5, 6, 7, 8, 1});
    CHECK(in(kUp, {-27, 40}, 4, 8) == Tones{-27, 40, -15, 52, -3, 64, 9, 76});
}

TEST_CASE("arp: a chord stands for each note", "[sound][rhythm]") {
    const std::vector<std::vector<int>> chords{{0},           {0, 4, 7},     {0, 3, 7}, {0, 4, 7, 10},
                                               {0, 3, 7, 10}, {0, 4, 7, 11}, {0, 2, 7}, {0, 5, 7},
                                               {0, 3, 6},     {0, 12},       {0, 7}};
    for (size_t chord = 0; chord < chords.size(); ++chord) {
        Specimen s("arp");
        std::vector<int> wanted;
        for (const int tone : chords[chord]) wanted.push_back(tone + 2);
        INFO(chord);
        CHECK(arpeggio(moded(s, kUp, 1, int(chord)), {2}, int(wanted.size())) == wanted);
    }
}

TEST_CASE("arp: random plays all of its notes and no others, in no order", "[sound][rhythm]") {
    Specimen s("arp");
    const std::vector<int> tones = arpeggio(moded(s, kRandom, 2), {0, 4, 7}, 600);
    std::map<int, int> times;
    int ups = 0;
    for (size_t i = 0; i < tones.size(); ++i) ++times[tones[i]], ups += i && tones[i] > tones[i - 1];
    CHECK(times.size() == 6);
    for (const int tone : {0, 4, 7, 12, 16, 19}) CHECK(times[tone] == Approx(100).margin(40));
    CHECK(ups == Approx(250).margin(40));  // of pairs, five in twelve rise
}

TEST_CASE("arp: notes are dropped when the gate closes, and the next chord begins from its first",
          "[sound][rhythm]") {
    Specimen s("arp");
    CHECK(arpeggio(moded(s, kUp), {0, 4, 7}, 2) == std::vector<int>{0, 4});
    s.note(0, 50, 1, "clock").note(100, 50, 1, "clock");
    CHECK(peak(s.render(256, "gate")) == 0);
    CHECK(arpeggio(s, {2, 5}, 3) == std::vector<int>{2, 5, 2});
}

TEST_CASE(
    "arp: synced, its notes are on the frames nearest to the beats, held as long as they are told; triplets "
    "do not swing",
    "[sound][rhythm]") {
    for (const double tempo : {120., 137.123})
        for (const float share : {0.25f, 0.98f}) {
            Specimen s("arp");
            moded(s, kUp, 1, 1).set("sync", kTriplet).set("hold", share).swing(0.4f).play(tempo, 0.9);
            hold(s, {0}, 96000);
            const auto out = s.render(96000);
            const std::vector<Hit> hits = hits_of(out.at("gate"));
            const double step = tempo / 60 / 48000;
            size_t off = 0, n = 0;
            for (const Hit& hit : hits) {
                const double frame = ((double(n++) + 6) / 6 - 0.9) / step;
                off += std::fabs(double(hit.frame) - frame) > 0.51;
            }
            INFO(tempo << ", held " << share);
            CHECK(off == 0);
            CHECK(n == size_t((0.9 + 96000 * step) * 6) - 5);
            CHECK(double(hits[0].length) == Approx(share / 6 / step).margin(1.01));
            CHECK(tones_of(out)[1] == 4);
        }
}

TEST_CASE("arp: where the transport stands it begins with the note, at the tempo", "[sound][rhythm]") {
    Specimen s("arp");
    moded(s, kUp, 1, 1).set("sync", kQuarter).play(120, 3.3).stop().render(640);
    s.note(100, 60000).set("freq", hertz(0));
    const std::vector<Hit> hits = hits_of(s.render(64000, "gate"));
    REQUIRE(hits.size() == 3);
    CHECK(hits[0].frame == 100);
    CHECK(hits[1].frame == 24100);
    CHECK(hits[2].frame == 48100);
    CHECK(hits[2].length == 12000);
}
