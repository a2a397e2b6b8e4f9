// The songs that come with Chronus: loud enough, not too loud, and no track of them is silent.
#include <ebur128.h>

#include <filesystem>

#include "sound/measure.h"
#include "studio/instrument.h"

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
    for (std::size_t i = 0; i < sound.left.size(); ++i) {
        const float frame[2] = {sound.left[i], sound.right[i]};
        ebur128_add_frames_float(meter, frame, 1);
    }
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

TEST_CASE("every song is at -14 LUFS within 3, and below full scale", "[songs]") {
    for (const std::string& song : songs()) {
        Instrument instrument;
        instrument.load(text_of_file(song));
        instrument.done("play");
        const Loudness loudness = loudness_of(instrument.play(frames_of_bars(instrument.studio(), instrument.studio().bars)));
        INFO(song);
        CHECK(loudness.lufs == Approx(-14).margin(3));
        CHECK(loudness.true_peak_db < -0.8);
    }
}

TEST_CASE("every track of every song is heard", "[songs]") {
    for (const std::string& song : songs()) {
        Instrument first;
        first.load(text_of_file(song));
        for (const auto& [track, score] : first.studio().tracks) {
            Instrument instrument;
            instrument.load(text_of_file(song));
            instrument.done("solo " + track);
            instrument.done("play");
            INFO(song << ", " << track);
            CHECK(sound::decibels(sound::rms(instrument.play(frames_of_bars(first.studio(), 4)).left)) > -60);
        }
    }
}
