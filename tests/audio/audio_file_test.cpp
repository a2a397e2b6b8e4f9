#include "audio/audio_file.h"

#include <sndfile.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "catch.h"

using namespace chronus;
namespace fs = std::filesystem;

namespace {

// A folder of its own that is gone afterwards.
struct Folder {
    fs::path path = fs::temp_directory_path() / ("chronus-audio-file-" + std::to_string(getpid()));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
    std::string operator/(const char* name) const { return (path / name).string(); }
    bool empty() const { return fs::is_empty(path); }
};

// Up to a quarter beyond full scale.
std::vector<float> sines(std::size_t frames) {
    std::vector<float> stereo(2 * frames);
    for (std::size_t i = 0; i < frames; ++i) {
        stereo[2 * i] = 1.25f * std::sin(0.05f * static_cast<float>(i));
        stereo[2 * i + 1] = 0.5f * std::cos(0.03f * static_cast<float>(i));
    }
    return stereo;
}

void write(const AudioFileRequest& request, const std::vector<float>& stereo) {
    auto file = AudioFile::create(request);
    REQUIRE(file);
    const auto half = static_cast<std::uint32_t>(stereo.size() / 4);
    REQUIRE(file->write(stereo.data(), half));
    REQUIRE(file->write(stereo.data() + 2 * half, static_cast<std::uint32_t>(stereo.size() / 2) - half));
    REQUIRE(file->close());
}

struct Samples {
    SF_INFO info{};
    std::vector<float> stereo;
};

Samples read(const std::string& path) {
    Samples sound;
    SNDFILE* file = sf_open(path.c_str(), SFM_READ, &sound.info);
    REQUIRE(file);
    sound.stereo.resize(static_cast<std::size_t>(2 * sound.info.frames));
    sf_readf_float(file, sound.stereo.data(), sound.info.frames);
    sf_close(file);
    return sound;
}

std::vector<char> bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a float WAV gives back the bits it was given, as a plain WAV") {
    const Folder folder;
    const auto stereo = sines(1000);
    write({.path = folder / "a.wav", .rate = 44100}, stereo);
    const Samples sound = read(folder / "a.wav");
    CHECK((sound.stereo == stereo));
    CHECK(sound.info.samplerate == 44100);
    CHECK(sound.info.channels == 2);
    CHECK((sound.info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_FLOAT);
    CHECK((sound.info.format & SF_FORMAT_TYPEMASK) != SF_FORMAT_RF64);
    const auto content = bytes(folder / "a.wav");
    CHECK(std::string(content.data(), 4) == "RIFF");
}

TEST_CASE("integers are as near as they can be, and stop at full scale") {
    const Folder folder;
    const auto stereo = sines(1000);
    const struct {
        const char* name;
        SampleFormat samples;
        double step;
    } kinds[] = {{"a.wav", SampleFormat::pcm16, 1. / 32768},
                 {"b.wav", SampleFormat::pcm24, 1. / 8388608},
                 {"c.flac", SampleFormat::pcm16, 1. / 32768},
                 {"D.FLAC", SampleFormat::pcm24, 1. / 8388608}};
    for (const auto& kind : kinds) {
        INFO(kind.name);
        write({.path = folder / kind.name, .samples = kind.samples}, stereo);
        const Samples sound = read(folder / kind.name);
        REQUIRE(sound.stereo.size() == stereo.size());
        double worst = 0;
        for (std::size_t i = 0; i < stereo.size(); ++i) {
            const double wanted = std::clamp(static_cast<double>(stereo[i]), -1., 1.);
            worst = std::max(worst, std::abs(sound.stereo[i] - wanted));
        }
        CHECK(worst <= 1.001 * kind.step);
    }
}

TEST_CASE("FLAC cannot hold floats: it is written with 24 bits, and says so") {
    const Folder folder;
    auto file = AudioFile::create({.path = folder / "a.flac"});
    REQUIRE(file);
    CHECK(file->note().find("24 bits") != std::string::npos);
    REQUIRE(file->write(sines(100).data(), 100));
    REQUIRE(file->close());
    CHECK((read(folder / "a.flac").info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_24);
}

TEST_CASE("the same samples give the same bytes at another time") {
    const Folder folder;
    const auto stereo = sines(5000);
    for (const char* name : {"1.wav", "1.flac"}) write({.path = folder / name}, stereo);
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // a time stamp counts seconds
    for (const char* name : {"2.wav", "2.flac"}) write({.path = folder / name}, stereo);
    CHECK((bytes(folder / "1.wav") ==
           bytes(folder / "2.wav")));  // in brackets, so that a failure prints no bytes
    CHECK((bytes(folder / "1.flac") == bytes(folder / "2.flac")));
}

TEST_CASE("a file has its name only when it is whole; what is given up leaves nothing") {
    const Folder folder;
    {
        auto file = AudioFile::create({.path = folder / "a.wav"});
        REQUIRE(file);
        CHECK_FALSE(fs::exists(folder / "a.wav"));
        AudioFile moved = std::move(*file);
        CHECK_FALSE(folder.empty());
    }
    CHECK(folder.empty());
}

TEST_CASE("a full disk is a refusal and leaves nothing behind") {
    const Folder folder;
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 100000;
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    auto file = AudioFile::create({.path = folder / "a.wav"});
    const auto stereo = sines(50000);
    bool written = file && file->write(stereo.data(), 50000) && file->close();
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, ignored);
    CHECK_FALSE(written);
    CHECK(folder.empty());
}

TEST_CASE("what cannot be written is refused in one clear line") {
    const Folder folder;
    CHECK(AudioFile::create({.path = folder / "a.mp3"}).refusal().reason.find("neither .wav nor .flac") !=
          std::string::npos);
    CHECK(AudioFile::create({.path = folder / "no/a.wav"}).refusal().reason.find("there is no folder") !=
          std::string::npos);
    fs::create_directory(folder / "b.wav");
    CHECK(AudioFile::create({.path = folder / "b.wav"}).refusal().reason.find("is a folder") !=
          std::string::npos);
    CHECK(AudioFile::create({.path = folder / "a.wav", .rate = 44100.5}).refusal().code == "file");
}
