// The sampler: pitch, purity, slices, ends.
#include "catch.h"
#include "sound/measure.h"
#include "sound/signals.h"
#include "sound/specimen.h"
#include "sounds/stored_sound.h"

using namespace sound;

namespace {

std::shared_ptr<const chronus::StoredSound> recorded(const Samples& samples, double rate = 48000) {
    return chronus::StoredSound::of(chronus::Recording{.channels = {samples}, .rate = rate});
}

Samples played(const chronus::StoredSound& sound, size_t frames, const std::map<std::string, float>& settings, size_t held = 1 << 20) {
    Specimen s("sampler");
    s.load("sound", sound.view()).set("level", 1);
    for (const auto& [name, value] : settings) s.set(name, value);
    return s.note(0, held).render(frames, "left");
}

constexpr float kOwnPitch = 261.6256f;

}  // namespace

TEST_CASE("sampler: at its own pitch and rate a recording comes out bit for bit", "[sound][sampler]") {
    const Samples original = noise(20000, 0.7f, 3);
    const Samples out = played(*recorded(original), 19200, {});
    CHECK(std::equal(out.begin(), out.end(), original.begin()));
}

TEST_CASE("sampler: in tune and clean at any pitch, from any rate", "[sound][sampler]") {
    for (const double rate : {22050., 44100., 48000., 96000.})
        for (const float ratio : {0.37f, 0.75f, 1.f, 1.3348f, 1.9f, 3.7f}) {
            const auto sound = recorded([&] {
                Samples sine(size_t(rate * 8));
                for (size_t i = 0; i < sine.size(); ++i) sine[i] = float(0.8 * std::sin(2 * M_PI * 997 * double(i) / rate));
                return sine;
            }(), rate);
            const Samples out = played(*sound, 72000, {{"freq", kOwnPitch * ratio}});
            const Samples middle(out.begin() + 4800, out.begin() + 4800 + 65536);
            INFO(rate << " Hz, ratio " << ratio);
            const double wanted = 997 * double(ratio);
            CHECK(std::fabs(cents(frequency(middle.data(), middle.size(), wanted, 48000), wanted)) < 1e-3);
            CHECK(sinad(middle.data(), middle.size(), wanted, 48000) > 80);
            CHECK(decibels(rms(middle) / (0.8 * std::sqrt(0.5))) == Approx(0).margin(0.1));
        }
}

TEST_CASE("sampler: what a higher pitch moves over 24 kHz is gone, not folded back", "[sound][sampler]") {
    for (const float ratio : {1.6f, 1.9f, 3.3f}) {
        const auto sound = recorded(sine(17000, 0.8, 480000));
        CHECK(decibels(rms(played(*sound, 48000, {{"freq", kOwnPitch * ratio}}), 4800)) < -70);
    }
}

TEST_CASE("sampler: slices of equal length, by parameter and by note", "[sound][sampler]") {
    const Samples original = noise(16000, 0.7f, 5);
    const auto sound = recorded(original);
    for (const int slice : {0, 1, 3, 7}) {
        const auto begin = original.begin() + slice * 2000;
        const Samples one = played(*sound, 1792, {{"slices", 8.f}, {"slice", float(slice)}});
        CHECK(std::equal(one.begin(), one.begin() + 1700, begin));
        const Samples by_note = played(*sound, 1792, {{"slices", 8.f}, {"notes", 1}, {"freq", kOwnPitch * std::exp2(float(slice) / 12)}});
        CHECK(std::equal(by_note.begin(), by_note.begin() + 1700, begin));
        CHECK(rms(played(*sound, 6400, {{"slices", 8.f}, {"slice", float(slice)}}), 2002) == 0);
    }
}

TEST_CASE("sampler: slices from onset to onset", "[sound][sampler]") {
    Samples original(48000);
    for (const size_t at : {size_t{0}, size_t{9000}, size_t{21000}, size_t{36000}})
        for (size_t i = 0; i < 4000; ++i) original[at + i] = float(std::sin(0.02 * double(at / 1000 + 5) * double(i + 8)) * std::exp(-double(i) / 800));
    const auto sound = recorded(original);
    REQUIRE(sound->view().onset_count == 4);
    const Samples third = played(*sound, 4096, {{"slicing", 1}, {"slice", 2}});
    const uint32_t at = sound->view().onsets[2];
    CHECK(at == Approx(21000).margin(96));
    CHECK(std::equal(third.begin(), third.end(), original.begin() + at));
}

TEST_CASE("sampler: backwards is the recording turned round", "[sound][sampler]") {
    Samples original = noise(9600, 0.7f, 7);
    const Samples out = played(*recorded(original), 8960, {{"reverse", 1}});
    std::reverse(original.begin(), original.end());
    CHECK(std::equal(out.begin(), out.end(), original.begin()));
}

TEST_CASE("sampler: `beats` makes a break last that long at any tempo", "[sound][sampler]") {
    for (const double tempo : {87., 120., 174.}) {
        const auto sound = recorded(noise(40000, 0.7f, 9));
        Specimen s("sampler");
        s.play(tempo, 0);
        s.load("sound", sound->view()).set("beats", 2).set("level", 1).note(0, 200000);
        const Samples out = s.render(96000, "left");
        const auto last = std::find_if(out.rbegin(), out.rend(), [](float x) { return x != 0; });
        CHECK(double(out.rend() - last) / 48000 == Approx(2 * 60 / tempo).margin(0.002));
    }
}

TEST_CASE("sampler: once, held and loop end as they say, and without a click", "[sound][sampler]") {
    const auto sound = recorded(sine(200, 0.8, 9600));
    for (const float mode : {0.f, 1.f, 2.f}) {
        INFO("mode " << mode);
        const Samples out = played(*sound, 48000, {{"mode", mode}, {"release", 0.02f}}, 4800);
        CHECK(largest_step(out) < 0.8 * 2 * M_PI * 200 / 48000 * 1.1);
        CHECK((rms(out, 7200, 9000) > 0.3) == (mode == 0));
        CHECK(peak(out, 9600) == 0);
        const Samples long_held = played(*sound, 48000, {{"mode", mode}}, 40000);
        CHECK((rms(long_held, 20000, 30000) > 0.3) == (mode == 2));
        CHECK(peak(long_held, 41000) == 0);
    }
}

TEST_CASE("sampler: struck again it passes over without a step, and a choke silences it", "[sound][sampler]") {
    const auto sound = recorded(sine(100, 0.8, 96000));
    Specimen again("sampler");
    again.load("sound", sound->view()).set("attack", 0.003f).set("level", 1).note(0, 3000).note(5000, 3000).note(5500, 3000);
    CHECK(largest_step(again.render(19200, "left")) < 0.02);
    Specimen choked("sampler");
    choked.load("sound", sound->view()).set("level", 1).note(0, 48000).note(5000, 100, 1, "choke");
    const Samples out = choked.render(9600, "left");
    CHECK(rms(out, 4000, 5000) > 0.3);
    CHECK(peak(out, 5150) == 0);
    CHECK(largest_step(out) < 0.02);
}

TEST_CASE("sampler: both sides of a stereo recording", "[sound][sampler]") {
    const Samples left = noise(9600, 0.5f, 1), right = noise(9600, 0.5f, 2);
    const auto sound = chronus::StoredSound::of(chronus::Recording{.channels = {left, right}, .rate = 48000});
    Specimen s("sampler");
    s.load("sound", sound->view()).set("level", 1).note(0, 48000);
    auto out = s.render(6400);
    CHECK(std::equal(out["left"].begin(), out["left"].end(), left.begin()));
    CHECK(std::equal(out["right"].begin(), out["right"].end(), right.begin()));
}
