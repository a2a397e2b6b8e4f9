// What moves other things: envelopes, steps, slides, scales, followers, dividers.
#include "catch.h"
#include "sound/signals.h"

using namespace sound;

TEST_CASE("ad: attack and decay end on their frames, however short the note", "[sound][modulators]") {
    for (const double rate : {44100., 48000., 96000.})
        for (const float seconds : {0.001f, 0.01f, 0.1f, 0.5f})
            for (const float curve : {0.f, 1.f}) {
                const size_t frames = size_t(std::ceil(double(seconds) * rate - 1e-3)), start = 37;
                Specimen s("ad", rate);
                s.set("attack", seconds).set("decay", seconds).set("curve", curve).note(start, 5, 0.8f);
                const Samples out = s.render(start + 2 * frames + 200, "out");
                INFO(seconds << " s at " << rate << ", curve " << curve);
                CHECK(out[start] == 0);
                CHECK(out[start + 1] > 0);
                CHECK(out[start + frames - 1] < 0.8f);
                CHECK(out[start + frames] == 0.8f);
                CHECK(out[start + frames + 1] < 0.8f);
                CHECK(out[start + 2 * frames - 1] > 0);
                CHECK(out[start + 2 * frames] == 0);
            }
}

TEST_CASE("ad: begins again from where it is, and its curve bends", "[sound][modulators]") {
    Specimen s("ad");
    s.set("attack", 0.1f).set("decay", 0.2f).note(0, 10).note(2000, 10).note(9000, 10);
    const Samples out = s.render(24000, "out");
    CHECK(largest_step(out) < 6 / (0.2 * 48000));
    CHECK(out[9000] == Approx(out[8999]).margin(1e-3));
    Specimen anew("ad");
    anew.set("start", 1).set("attack", 0.1f).note(0, 10).note(2000, 10);
    const Samples twice = anew.render(6800, "out");
    CHECK(twice[2000] == twice[0]);
    CHECK(twice[2000 + 1500] == twice[1500]);
    const auto half_way = [](float curve) {
        return Specimen("ad")
            .set("attack", 0.001f)
            .set("decay", 1)
            .set("curve", curve)
            .note(0, 10)
            .render(25000, "out")[24048];
    };
    CHECK(half_way(0) == Approx(0.5).margin(0.02));
    CHECK(half_way(1) < 0.1f);
}

TEST_CASE("step: each note the next value, round and round, and from the first after a reset",
          "[sound][modulators]") {
    Specimen s("step");
    s.set("steps", 3);
    for (int i = 1; i <= 16; ++i) s.set("v" + std::to_string(i), float(i) / 16);
    CHECK(s.render(640, "out").back() == 1 / 16.f);
    const auto after_note = [&] { return s.note(10, 20).render(64, "out"); };
    for (const int value : {1, 2, 3, 1, 2}) {
        const Samples out = after_note();
        CHECK(out[10] == float(value) / 16);
        CHECK(out.back() == float(value) / 16);
    }
    s.note(0, 20, 1, "reset").render(64);
    CHECK(after_note().back() == 1 / 16.f);
    s.set("steps", 16);
    for (int value = 2; value <= 16; ++value) CHECK(after_note().back() == float(value) / 16);
    CHECK(after_note().back() == 1 / 16.f);
}

TEST_CASE("slew: rises and falls in the time it is told, straight or curved, or at once",
          "[sound][modulators]") {
    Specimen line("slew");
    const Samples up =
        line.set("rise", 0.1f).set("fall", 0.5f).feed("in", Samples(9600, 1.f)).render(9600, "out");
    CHECK(up[2399] == Approx(0.5).margin(1e-3));
    CHECK(up[4790] < 1);
    CHECK(up[4801] == 1);
    const Samples down = line.feed("in", Samples(48000, 0.f)).render(48000, "out");
    CHECK(down[11999] == Approx(0.5).margin(1e-3));
    CHECK(down[24010] == 0);
    Specimen curve("slew");
    const Samples bent =
        curve.set("shape", 1).set("rise", 0.1f).feed("in", Samples(9600, 1.f)).render(9600, "out");
    CHECK(bent[4800] == Approx(0.99).margin(0.001));
    Specimen none("slew");
    const Samples in = noise(4800, 1, 1);
    CHECK(none.set("rise", 0).set("fall", 0).feed("in", in).render(4800, "out") == in);
}

TEST_CASE("hold: keeps what a note found; tracking follows while it is held", "[sound][modulators]") {
    const Samples in = noise(640, 1, 2);
    Specimen s("hold");
    const Samples kept = s.feed("in", in).note(100, 50).note(300, 50).render(640, "out");
    for (size_t i = 0; i < 640; ++i) CHECK(kept[i] == (i < 100 ? 0 : i < 300 ? in[100] : in[300]));
    Specimen tracking("hold");
    const Samples tracked = tracking.set("mode", 1).feed("in", in).note(100, 50).render(640, "out");
    for (size_t i = 0; i < 640; ++i) CHECK(tracked[i] == (i < 100 ? 0 : i < 150 ? in[i] : in[149]));
}

TEST_CASE("quantizer: the nearest note of every scale on every root, to a millicent", "[sound][modulators]") {
    const std::vector<std::vector<int>> scales = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
                                                  {0, 2, 4, 5, 7, 9, 11},
                                                  {0, 2, 3, 5, 7, 8, 10},
                                                  {0, 2, 3, 5, 7, 8, 11},
                                                  {0, 2, 3, 5, 7, 9, 10},
                                                  {0, 1, 3, 5, 7, 8, 10},
                                                  {0, 2, 4, 6, 7, 9, 11},
                                                  {0, 2, 4, 5, 7, 9, 10},
                                                  {0, 2, 4, 7, 9},
                                                  {0, 3, 5, 7, 10},
                                                  {0, 3, 5, 6, 7, 10},
                                                  {0, 2, 4, 6, 8, 10},
                                                  {0, 7},
                                                  {0}};
    Samples in(1280);
    for (size_t i = 0; i < in.size(); ++i) in[i] = -3 + 6 * (float(i) + 0.37f) / float(in.size());
    for (size_t scale = 0; scale < scales.size(); ++scale)
        for (int root = 0; root < 12; ++root) {
            Specimen s("quantizer");
            s.set("scale", float(scale)).set("root", float(root));
            const Samples out = s.feed("in", in).render(in.size(), "pitch");
            double worst = 0;
            for (size_t i = 0; i < in.size(); ++i) {
                double least = 1e9;
                for (int octave = -5; octave <= 4; ++octave)
                    for (const int note : scales[scale])
                        least = std::min(least, std::fabs(octave + (note + root) / 12. - in[i]));
                worst = std::max(worst, std::fabs(std::fabs(out[i] - double(in[i])) - least));
                const double semitones = out[i] * 12.0;
                worst = std::max(worst, std::fabs(semitones - std::round(semitones)) / 12);
                const int degree = ((int(std::lround(semitones)) - root) % 12 + 12) % 12;
                REQUIRE(std::count(scales[scale].begin(), scales[scale].end(), degree) == 1);
            }
            INFO("scale " << scale << " root " << root);
            CHECK(worst < 1e-6);
        }
}

TEST_CASE("math: every operation is the one that its name says", "[sound][modulators]") {
    const float expected[] = {0.25f, -0.75f, -0.125f, -0.25f, 0.5f, 0, 0.25f};
    for (int op = 0; op < 7; ++op) {
        Specimen s("math");
        s.set("op", float(op)).set("b", 0.5f).set("c", -0.5f).feed("a", Samples(64, -0.25f));
        if (op == 5) s.set("b", -2).set("c", 6);
        INFO(op);
        CHECK(s.render(64, "out")[63] == (op == 5 ? 1.f : expected[op]));
    }
}

TEST_CASE("follower: a sine's height by peak and by rms, in the times it is told", "[sound][modulators]") {
    for (int detect = 0; detect < 2; ++detect) {
        Specimen s("follower");
        s.set("detect", float(detect)).set("release", 0.3f);
        const Samples out = s.feed("in", sine(1000, 0.5, 48000)).render(48000, "out");
        CHECK(out.back() == Approx(0.5).epsilon(0.02));
        CHECK(s.set("gain", 2).feed("in", sine(1000, 0.5, 48000)).render(48000, "out").back() ==
              Approx(1).epsilon(0.02));
    }
    Specimen s("follower");
    const Samples up =
        s.set("attack", 0.02f).set("release", 0.2f).feed("in", Samples(48000, 1.f)).render(48000, "out");
    CHECK(up[959] == Approx(0.632).margin(0.005));
    const Samples down = s.set("attack", 0.0001f).feed("in", Samples(48000, 0.f)).render(48000, "out");
    CHECK(down[9599] == Approx(0.368).margin(0.005));
}

TEST_CASE("divider: passes one note of so many, the one it is told, each as a note of its own",
          "[sound][modulators]") {
    for (const int division : {1, 2, 3, 5})
        for (const int offset : {0, 1, 7}) {
            Specimen s("divider");
            s.set("division", float(division)).set("offset", float(offset));
            for (int n = 0; n < 20; ++n) s.note(size_t(n) * 64, n % 2 ? 64 : 32, 0.25f + 0.02f * float(n));
            const Samples out = s.render(20 * 64, "out");
            for (int n = 0; n < 20; ++n) {
                INFO("one of " << division << ", offset " << offset << ", note " << n);
                const bool passes = n % division == offset % division;
                CHECK(out[size_t(n) * 64 + 5] == (passes ? 0.25f + 0.02f * float(n) : 0.f));
                if (n % 2 == 0 && n && division == 1)
                    CHECK(out[size_t(n) * 64] == 0);  // the one before was held up to here
            }
        }
    Specimen s("divider");
    s.set("division", 4).note(0, 10).render(64);
    s.note(0, 10, 1, "reset").render(64);
    CHECK(s.note(0, 10).render(64, "out")[5] == 1);
}
