// The analog oscillator: what its waves are made of, alone, under sync, FM, glide and pulse-width modulation.
#include "catch.h"
#include "sound/lines.h"
#include "sound/signals.h"

using namespace sound;

namespace {

constexpr const char* kWaves[] = {"saw", "square", "triangle", "sub"};

Specimen& only(Specimen& s, const std::string& wave) {
    for (const char* other : kWaves) s.set(other, other == wave ? 1 : 0);
    return s;
}

}  // namespace

TEST_CASE("vco: aliases of each wave 150 dB down, harmonics as they should be", "[sound][vco]") {
    for (const std::string wave : kWaves)
        for (const float hertz : {440.f, 1244.5f, 4186.f}) {
            Specimen s("vco");
            const Samples out = only(s.set("freq", hertz).set("width", 0.3f), wave).render(66560, "out");
            const Lines lines = lines_of(out, wave == "sub" ? hertz / 2 : hertz, [&](int h) {
                return wave == "saw"        ? 2 / (M_PI * h)
                       : wave == "square"   ? std::fabs(std::sin(M_PI * h * 0.3)) * 4 / (M_PI * h)
                       : wave == "triangle" ? 8 / (M_PI * M_PI * h * h) * (h % 2)
                                            : 4 / (M_PI * h) * (h % 2);
            });
            INFO(wave << " " << hertz << " Hz: worst " << lines.alias_db << " dB, all " << lines.alias_sum_db
                      << " dB, stray " << lines.stray_db);
            CHECK(lines.alias_db < -150);
            CHECK(lines.alias_sum_db < -140);
            CHECK(lines.stray_db < 0.01);
        }
}

TEST_CASE("vco: hard sync has no line but the master's harmonics, to -140 dB", "[sound][vco]") {
    for (const std::string wave : kWaves)
        for (const auto& [master, slave] : {std::pair{440.f, 1244.5f}, {1244.5f, 4186.f}, {440.f, 880.f}}) {
            Specimen s("vco");
            s.set("freq", master).set("ratio", slave / master);
            const Lines lines = lines_of(only(s, wave).render(66560, "out"), wave == "sub" ? master / 2 : master);
            INFO(wave << " " << slave << " by " << master << ": worst " << lines.alias_db << " dB, all "
                      << lines.alias_sum_db);
            CHECK(lines.alias_db < -140);
        }
}

TEST_CASE("vco: hard sync to what a cable brings", "[sound][vco]") {
    for (const auto& [master, slave] : {std::pair{440.f, 1244.5f}, {1244.5f, 4186.f}}) {
        Specimen s("vco");  // from a sine, whose place is less sure than that of an own master
        s.set("freq", slave).feed("sync", sine(master, 0.7, 67000));
        const Lines lines = lines_of(s.render(66560, "out"), master);
        INFO(slave << " by " << master << ": worst " << lines.alias_db << " dB, all " << lines.alias_sum_db);
        CHECK(lines.alias_db < -120);
    }
}

TEST_CASE("vco: hard sync to a saw of another module", "[sound][vco]") {
    const Samples master = Specimen("saw").set("freq", 440).render(67000, "out");
    Specimen s("vco");
    const Lines lines = lines_of(s.set("freq", 1244.5f).feed("sync", master).render(66560, "out"), 440);
    INFO("worst " << lines.alias_db << " dB, all " << lines.alias_sum_db);
    CHECK(lines.alias_db < -140);
}

TEST_CASE("vco: the sub is one octave below or two, and follows what begins the wave anew", "[sound][vco]") {
    for (const int octave : {1, 2})
        for (const float ratio : {1.f, 2.7f}) {
            Specimen s("vco");
            only(s, "sub").set("freq", 1000).set("ratio", ratio).set("octave", float(octave - 1));
            const Samples out = s.render(66560, "out");
            INFO(octave << " octaves, ratio " << ratio);
            CHECK(fit_sine(out.data() + 256, 48000, 1000. / (1 << octave), 48000).amplitude ==
                  Approx(4 / M_PI).epsilon(1e-4));
        }
}

TEST_CASE("vco: FM, also through zero, has no line but those of its period", "[sound][vco]") {
    for (const std::string wave : kWaves)
        for (const float depth : {0.5f, 3.f}) {
            const float root = 221.37f;
            Specimen s("vco");
            s.set("freq", 2 * root).set("fm_depth", depth).feed("fm", sine(3 * double(root), 1, 67000));
            const Lines lines = lines_of(only(s, wave).render(66560, "out"), wave == "sub" ? root / 2 : root);
            INFO(wave << " depth " << depth << ": worst " << lines.alias_db << " dB, all " << lines.alias_sum_db);
            CHECK(lines.alias_db < (wave == "triangle" ? -90 : -100));
        }
}

namespace {

// A saw with every harmonic below 19 kHz, and fewer and fewer up to 23, for a phase in turns at each frame.
std::vector<double> ideal_saw(const std::vector<double>& phase) {
    std::vector<double> wave(phase.size());
    for (size_t i = 1; i < phase.size(); ++i) {
        const double step = phase[i] - phase[i - 1], turn = 2 * M_PI * (phase[i] - std::floor(phase[i]));
        // sin(h x) by a recurrence, with the signs that put the jump at half a turn.
        const double twice = -2 * std::cos(turn);
        double before = 0, now = std::sin(turn);
        for (int h = 1; h * step < 23. / 48; ++h) {
            const double top = std::clamp((h * step * 48 - 19) / 4, 0., 1.);
            wave[i] += (1 + std::cos(M_PI * top)) / M_PI * now / h;
            const double next = twice * now - before;
            before = now, now = next;
        }
    }
    return wave;
}

// What of `wave` is not `wanted`, `late` frames before it: all of it below some kHz, in dB.
double difference_db(const Samples& wave, const std::vector<double>& wanted, size_t late, size_t khz) {
    const size_t n = 1 << 16, first = 512;
    Samples difference(n);
    for (size_t i = 0; i < n; ++i) difference[i] = float(wave[first + i] - wanted[first + i - late]);
    const std::vector<double> lines = spectrum(difference.data(), n);
    double sum = 0;
    for (size_t k = 0; k < n * khz / 48; ++k) sum += lines[k] * lines[k];
    return decibels(std::sqrt(sum / 2));
}

}  // namespace

TEST_CASE("saw, square and vco under a glide and with a moving width are what sines add up to, to -105 dB",
          "[sound][vco]") {
    const size_t length = 67000;
    for (const double start : {440., 1244.5, 4186.}) {
        Samples freq(length), width(length);
        std::vector<double> phase(length), ahead(length), half(length), behind(length);
        double gone = 0, wide = 0.5;
        for (size_t i = 0; i < length; ++i) {
            freq[i] = float(start * std::exp2(-double(i) / 48000));
            width[i] = float(0.5 + 0.4 * std::sin(double(i) * 2 * M_PI * 3 / 48000));
            phase[i] = gone;
            ahead[i] = gone + wide;  // a width is heard with the pitch that came with it
            wide = width[i];
            gone += double(freq[i]) / 48000;
            half[i] = gone + 0.5;
            behind[i] = gone + 0.5 - wide;
        }
        const auto without = [&](std::vector<double> wave, const std::vector<double>& other) {
            for (size_t i = 0; i < length; ++i) wave[i] -= other[i];
            return wave;
        };
        const auto render = [&](const char* type, const char* wave) {
            Specimen s(type);
            s.feed("freq", freq);
            if (wave == std::string("square")) s.feed("width", width);
            if (type == std::string("vco")) only(s, wave);
            return s.render(66560, "out");
        };
        const std::vector<double> saw = ideal_saw(phase);
        INFO(start << " Hz");
        CHECK(difference_db(render("saw", "saw"), saw, 23, 17) < -105);
        CHECK(difference_db(render("square", "square"), without(ideal_saw(behind), ideal_saw(half)), 24, 17) < -105);
        CHECK(difference_db(render("vco", "saw"), saw, 36, 18) < -120);
        CHECK(difference_db(render("vco", "square"), without(saw, ideal_saw(ahead)), 36, 18) < -115);
    }
}
