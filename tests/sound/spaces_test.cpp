// Echo and room: times, tails, and changes without clicks.
#include <random>

#include "catch.h"
#include "sound/measure.h"
#include "sound/specimen.h"

using namespace sound;

namespace {

Samples impulse(size_t length) {
    Samples samples(length);
    samples[0] = 1;
    return samples;
}
Samples sine(double hertz, double height, size_t length) {
    Samples samples(length);
    for (size_t i = 0; i < length; ++i)
        samples[i] = float(height * std::sin(2 * M_PI * hertz / 48000 * double(i)));
    return samples;
}
Samples noise(size_t length, float height, unsigned seed) {
    std::mt19937 chance(seed);
    Samples samples(length);
    for (float& s : samples) s = height * (float(chance()) / 2147483648.f - 1);
    return samples;
}

// The loudest of all above 8 kHz in windows of 512 frames.
double treble_db(const Samples& samples) {
    double most = 0;
    for (size_t at = 0; at + 512 <= samples.size(); at += 128) {
        const std::vector<double> lines = spectrum(&samples[at], 512);
        for (size_t k = 8000 * 512 / 48000; k < 256; ++k) most = std::max(most, lines[k]);
    }
    return decibels(most);
}

// Seconds to fall by 60 dB, from the backward integral between -5 and -35 dB (ISO 3382).
double reverberation(const Samples& tail) {
    std::vector<double> left(tail.size() + 1);
    for (size_t i = tail.size(); i-- > 0;) left[i] = left[i + 1] + double(tail[i]) * tail[i];
    size_t from = 0, to = 0;
    while (10 * std::log10(left[from] / left[0]) > -5) ++from;
    while (10 * std::log10(left[to] / left[0]) > -35) ++to;
    return double(to - from) / 48000 * 2;
}

float room_of(double seconds) {
    return float(std::log2(seconds / 0.3) / 4.737);
}

}  // namespace

TEST_CASE("delay: repeats come on their frame, each weaker by the feedback", "[sound]") {
    Specimen s("delay");
    s.set("time", 0.1f).set("feedback", 0.5f).set("mix", 1).set("lowcut", 20).set("highcut", 18000);
    s.feed("left", impulse(64));
    const auto out = s.render(24000);
    const Samples& left = out.at("left");
    CHECK(peak(left, 0, 4800) == 0);
    double energy[3];
    for (int r = 0; r < 3; ++r) energy[r] = rms(left, 4800 * (r + 1) - 8, 4800 * (r + 1) + 400);
    CHECK(left[4800] > 0.5f);
    CHECK(energy[1] / energy[0] == Approx(0.5).margin(0.1));
    CHECK(energy[2] / energy[1] == Approx(0.5).margin(0.1));
    CHECK(peak(out.at("right")) == 0);
}

TEST_CASE("delay: a change of time makes no click, jumping or moving", "[sound]") {
    const Samples tone = sine(440, 0.5, 96000);
    Specimen still("delay"), jumping("delay"), moving("delay");
    const auto prepare = [&](Specimen& s) {
        s.set("mix", 1).set("feedback", 0.3f).set("time", 0.25f).feed("left", tone).render(48000);
    };
    prepare(still), prepare(jumping), prepare(moving);
    const double quiet = treble_db(still.render(24000, "left"));
    jumping.set("time", 0.4f);
    const double jump = treble_db(jumping.render(24000, "left"));
    Samples time(12000);
    for (size_t i = 0; i < time.size(); ++i) time[i] = 0.25f + 0.01f * float(std::sin(double(i) * 1e-3));
    moving.feed("time", time);
    const double move = treble_db(moving.render(24000, "left"));
    INFO("still " << quiet << " jumping " << jump << " moving " << move);
    CHECK(jump < -90);
    CHECK(move < -90);
}

TEST_CASE("delay: the longest feedback stays bounded, and ends in silence without it", "[sound]") {
    Specimen s("delay");
    s.set("time", 0.01f)
        .set("feedback", 0.98f)
        .set("mix", 1)
        .feed("left", noise(96000, 1, 1))
        .feed("right", sine(100, 1, 96000));
    const auto out = s.render(96000);
    CHECK(peak(out.at("left")) < 4);
    CHECK(peak(out.at("right")) < 4);
    s.set("feedback", 0.5f).render(48000);
    CHECK(peak(s.render(4800, "left")) < 1e-5);
}

TEST_CASE("reverb: dies away in the time that its room has, to 2 %", "[sound]") {
    for (const double seconds : {1., 2., 4.}) {
        Specimen s("reverb");
        s.set("room", room_of(seconds)).set("damp", 0).set("mix", 1).feed("left", impulse(64));
        // Below 2 kHz: the wandering lines lose a little at the top.
        Samples tail = s.render(size_t(seconds * 48000 * 1.5), "left");
        float low = 0;
        for (float& x : tail) x = low += (x - low) * 0.15f;
        INFO(seconds << " s: " << reverberation(tail));
        CHECK(reverberation(tail) == Approx(seconds).epsilon(0.02));
    }
}

TEST_CASE("reverb: damping shortens the treble only", "[sound]") {
    const auto time = [](float damp, bool treble) {
        Specimen s("reverb");
        s.set("room", room_of(2)).set("damp", damp).set("mix", 1).feed("left", impulse(64));
        Samples tail = s.render(96000, "left");
        float low = 0, last = 0;
        for (float& x : tail) {
            const float in = x;
            low += (x - low) * 0.05f;
            x = treble ? in - last : low;
            last = in;
        }
        return reverberation(tail);
    };
    CHECK(time(0.8f, false) == Approx(time(0, false)).epsilon(0.2));
    CHECK(time(0.8f, true) < 0.6 * time(0, true));
}

namespace {

// Echo density (Abel and Huang, 2006): the share of frames beyond the standard deviation, against a
// Gaussian's. When it first comes to nine tenths, in seconds.
double dense_at(const Samples& tail) {
    for (size_t at = 480; at < 9600; at += 48) {
        const double deviation = rms(tail, at - 480, at + 480);
        size_t beyond = 0;
        for (size_t i = at - 480; i < at + 480; ++i) beyond += std::fabs(tail[i]) > deviation;
        if (double(beyond) / 960 / 0.3173 > 0.9) return double(at) / 48000;
    }
    return 1;
}
// The late tail's loudest line against its mean, up to 8 kHz, in half octaves for the damping's sake. Noise
// that dies away like it has 9 dB.
double ringing_db(const Samples& tail) {
    const std::vector<double> lines = spectrum(tail.data() + 24000, 1 << 15);
    double ringing = 0;
    for (double hertz = 250; hertz < 8000; hertz *= M_SQRT2) {
        const size_t first = size_t(hertz * 32768 / 48000), last = size_t(hertz * M_SQRT2 * 32768 / 48000);
        double most = 0, sum = 0;
        for (size_t k = first; k < last; ++k)
            most = std::max(most, lines[k] * lines[k]), sum += lines[k] * lines[k];
        ringing = std::max(ringing, 10 * std::log10(most / (sum / double(last - first))));
    }
    return ringing;
}
double correlation(const Samples& one, const Samples& other, size_t first, size_t last) {
    double both = 0;
    for (size_t i = first; i < last; ++i) both += double(one[i]) * other[i];
    return both / double(last - first) / (rms(one, first, last) * rms(other, first, last));
}

}  // namespace

TEST_CASE("reverb: dense after 40 ms, wide, without a pitch of its own", "[sound]") {
    double ringing = 0, rooms = 0;
    for (const double seconds : {1., 2., 4.})
        for (const float damp : {0.f, 0.3f})
            for (const bool both : {false, true}) {
                Specimen s("reverb");
                s.set("room", room_of(seconds)).set("damp", damp).set("mix", 1).feed("left", impulse(64));
                if (both) s.feed("right", impulse(64));
                const auto out = s.render(96000);
                const Samples &left = out.at("left"), &right = out.at("right");
                INFO(seconds << " s, damp " << damp << ", both " << both << ": dense at " << dense_at(left)
                             << " s, " << ringing_db(left) << " dB");
                CHECK(dense_at(left) < 0.04);
                CHECK(std::fabs(correlation(left, right, 12000, 60000)) < 0.05);
                CHECK(ringing_db(left) < 12.5);
                ringing += ringing_db(left), ++rooms;
            }
    INFO(ringing / rooms);
    CHECK(ringing / rooms < 10.5);
}

TEST_CASE("reverb: a whole room is as loud as a small one, to 6 dB, and both end", "[sound]") {
    const auto level = [](float room) {
        Specimen s("reverb");
        s.set("room", room)
            .set("mix", 1)
            .feed("left", noise(48000 * 4, 0.3f, 3))
            .feed("right", noise(48000 * 4, 0.3f, 4));
        s.render(48000 * 3);
        return decibels(rms(s.render(48000, "left")) / 0.173);
    };
    INFO(level(0) << " " << level(0.5f) << " " << level(1));
    CHECK(std::fabs(level(0) - level(1)) < 6);
    CHECK(level(0.5f) == Approx(0).margin(4));
}
