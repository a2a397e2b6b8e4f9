// The songs that come with Chronus: loud enough, not too loud, and no track of them is silent.
#include <ebur128.h>

#include <cmath>
#include <filesystem>
#include <set>

#include "sound/measure.h"
#include "studio/instrument.h"
#include "studio/scenes.h"

using namespace chronus;

namespace {

std::vector<std::string> songs() {
    std::vector<std::string> all;
    for (const auto& file : std::filesystem::directory_iterator(CHRONUS_SOURCE_PATH "/patterns"))
        if (file.path().stem() != "studio") all.push_back(file.path().string());  // which plays nothing by itself
    std::sort(all.begin(), all.end());
    return all;
}

std::int64_t frames_of_bars(const Studio& studio, int bars) { return static_cast<std::int64_t>(bars * 4 * 60000.0 / studio.tempo * 48000); }

struct Loudness {
    double lufs = 0, true_peak_db = 0;
};

Loudness loudness_of(const Sound& sound) {
    ebur128_state* meter = ebur128_init(2, 48000, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
    std::vector<float> frames;
    for (std::size_t i = 0; i < sound.left.size(); ++i) frames.insert(frames.end(), {sound.left[i], sound.right[i]});
    ebur128_add_frames_float(meter, frames.data(), sound.left.size());
    Loudness loudness;
    double left = 0, right = 0;
    ebur128_loudness_global(meter, &loudness.lufs);
    ebur128_true_peak(meter, 0, &left);
    ebur128_true_peak(meter, 1, &right);
    ebur128_destroy(&meter);
    loudness.true_peak_db = sound::decibels(std::max(left, right));
    return loudness;
}

}  // namespace

namespace {

const std::string kFirst = CHRONUS_SOURCE_PATH "/patterns/drum-and-bass.chr";  // that whoever tries Chronus hears

void check_loudness(const std::string& song) {
    Instrument instrument;
    instrument.load(text_of_file(song));
    instrument.done("play");
    const Loudness loudness = loudness_of(instrument.play(frames_of_bars(instrument.studio(), instrument.studio().bars)));
    INFO(song);
    CHECK(loudness.lufs == Approx(-14).margin(3));
    CHECK(loudness.true_peak_db < -0.8);
}

// Where a track is played first: all of it if the song has no scenes.
void set_out(Instrument& instrument, const std::string& song, const std::string& track) {
    instrument.load(text_of_file(song));
    if (!instrument.studio().song.parts.empty()) instrument.done("song: off");
    const auto has = [&](const auto& scene) { return scene.second.contains(track) && !scene.second.at(track).muted; };
    const auto& scenes = instrument.studio().scenes;
    if (const auto scene = std::find_if(scenes.begin(), scenes.end(), has); scene != scenes.end()) instrument.done("launch " + scene->first);
}

constexpr int kMostBars = 8;

bool is_heard(const std::string& song, const std::string& track) {
    Instrument instrument;
    set_out(instrument, song, track);
    instrument.done("solo " + track);
    instrument.done("play");
    for (int bar = 0; bar < kMostBars; ++bar)
        if (sound::decibels(sound::rms(instrument.play(frames_of_bars(instrument.studio(), 1)).left)) > -60) return true;
    return false;
}

// A lane makes no sound of its own: without it, something is different.
bool makes_a_difference(const std::string& song, const std::string& track) {
    Instrument with, without;
    set_out(with, song, track);
    set_out(without, song, track);
    without.done("mute " + track);
    with.done("play");
    without.done("play");
    for (int bar = 0; bar < kMostBars; ++bar) {
        const Sound one = with.play(frames_of_bars(with.studio(), 1)), other = without.play(frames_of_bars(with.studio(), 1));
        for (std::size_t i = 0; i < one.left.size(); ++i)
            if (std::fabs(one.left[i] - other.left[i]) > 1e-3f) return true;
    }
    return false;
}

}  // namespace

namespace {

void check_tracks(const std::string& song) {
    Instrument first;
    first.load(text_of_file(song));
    std::set<std::string> tracks;
    for (const auto& [track, score] : first.studio().tracks) tracks.insert(track);
    for (const auto& [name, scene] : first.studio().scenes)
        for (const auto& [track, score] : scene) tracks.insert(track);
    for (const std::string& track : tracks) {
        INFO(song << ", " << track);
        Instrument one;
        set_out(one, song, track);
        CHECK((one.studio().tracks.at(track).lane.empty() ? is_heard(song, track) : makes_a_difference(song, track)));
    }
}

}  // namespace

TEST_CASE("the song that is played first is at -14 LUFS within 3, and below full scale", "[songs]") { check_loudness(kFirst); }

TEST_CASE("every song is at -14 LUFS within 3, and below full scale", "[.slow][songs]") {
    for (const std::string& song : songs()) check_loudness(song);
}

TEST_CASE("every track of the song that is played first is heard", "[songs]") { check_tracks(kFirst); }

TEST_CASE("every track of every song is heard", "[.slow][songs]") {
    for (const std::string& song : songs()) check_tracks(song);
}

TEST_CASE("a song is short enough to be read at a glance, and as long as its scenes", "[songs]") {
    std::size_t count = 0;
    for (const std::string& song : songs()) {
        INFO(song);
        const std::string text = text_of_file(song);
        CHECK(std::count(text.begin(), text.end(), '\n') < 60);
        Instrument instrument;
        instrument.load(text);
        const int bars = song_bars(instrument.console(), instrument.studio());
        CHECK((bars == 0 || bars == instrument.studio().bars));
        ++count;
    }
    CHECK(count >= 12);
}
