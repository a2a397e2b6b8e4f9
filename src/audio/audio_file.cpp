#include "audio/audio_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace chronus {

namespace {

constexpr double kHighestRate = 655350;    // what FLAC's header holds, and beyond any use
constexpr std::size_t kHeaderBytes = 256;  // libsndfile's header of a WAV is half of this

int sample_bits(SampleFormat samples) {
    switch (samples) {
        case SampleFormat::float32:
            return SF_FORMAT_FLOAT;
        case SampleFormat::pcm24:
            return SF_FORMAT_PCM_24;
        case SampleFormat::pcm16:
            return SF_FORMAT_PCM_16;
    }
    return SF_FORMAT_FLOAT;
}

std::string lower_extension(const std::filesystem::path& path) {
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
    return extension;
}

// Why a file cannot be made there, or an empty string.
std::string place_problem(const std::filesystem::path& path) {
    std::error_code error;
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    if (!std::filesystem::is_directory(folder, error))
        return fmt::format("there is no folder '{}'", folder.string());
    if (std::filesystem::is_directory(path, error)) return fmt::format("'{}' is a folder", path.string());
    if (access(folder.c_str(), W_OK) != 0)
        return fmt::format("cannot write into '{}': {}", folder.string(), std::strerror(errno));
    return {};
}

// libsndfile puts the time of day into the PEAK chunk of floats, and cannot be told not to for a file that
// may become RF64. The time is the third word of the chunk, after its size and version.
bool forget_time_of_day(const std::string& path) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    std::string header(kHeaderBytes, '\0');
    file.read(header.data(), kHeaderBytes);
    file.clear();  // a short file ends within
    const std::size_t peak = header.find("PEAK");
    if (peak == std::string::npos || peak > header.find("data")) return true;
    file.seekp(static_cast<std::streamoff>(peak + 12));
    file.write("\0\0\0\0", 4);
    return static_cast<bool>(file.flush());
}

}  // namespace

Result<AudioFile> AudioFile::create(const AudioFileRequest& request) {
    const std::filesystem::path path(request.path);
    const std::string extension = lower_extension(path);
    if (extension != ".wav" && extension != ".flac")
        return Refusal{"file", fmt::format("'{}' is neither .wav nor .flac", request.path), "--out song.wav"};
    if (const std::string problem = place_problem(path); !problem.empty())
        return Refusal{"file", problem, "--out song.wav"};
    if (!(request.rate >= 1 && request.rate <= kHighestRate && request.rate == std::floor(request.rate)))
        return Refusal{"file", fmt::format("a sound file has a whole number of Hz, not {}", request.rate),
                       "--rate 48000"};

    AudioFile made;
    made.path_ = request.path;
    SampleFormat samples = request.samples;
    const bool flac = extension == ".flac";
    if (flac && samples == SampleFormat::float32) {
        samples = SampleFormat::pcm24;
        made.note_ = "FLAC holds no floats: written with 24 bits";
    }
    made.temporary_ = fmt::format("{}.{}.part", request.path, getpid());
    SF_INFO info{};
    info.samplerate = static_cast<int>(request.rate);
    info.channels = 2;
    info.format = (flac ? SF_FORMAT_FLAC : SF_FORMAT_RF64) | sample_bits(samples);
    made.file_.reset(sf_open(made.temporary_.c_str(), SFM_WRITE, &info));
    if (!made.file_) return made.failed(sf_strerror(nullptr));
    SNDFILE* file = made.file_.get();
    sf_command(file, SFC_RF64_AUTO_DOWNGRADE, nullptr, SF_TRUE);  // a plain WAV unless it passes 4 GB
    sf_command(file, SFC_SET_CLIPPING, nullptr, SF_TRUE);  // integers stop at full scale, and do not wrap
    return made;
}

AudioFile::AudioFile(AudioFile&& other) noexcept {
    *this = std::move(other);
}

AudioFile& AudioFile::operator=(AudioFile&& other) noexcept {
    give_up();
    path_ = std::move(other.path_);
    temporary_ = std::exchange(other.temporary_, {});
    note_ = std::move(other.note_);
    file_ = std::move(other.file_);
    return *this;
}

AudioFile::~AudioFile() {
    give_up();
}

Result<Done> AudioFile::write(const float* stereo, std::uint32_t frames) {
    if (!file_) return Refusal{"file", fmt::format("'{}' is closed", path_), ""};
    if (sf_writef_float(file_.get(), stereo, frames) != static_cast<sf_count_t>(frames))
        return failed(sf_strerror(file_.get()));
    return Done{};
}

Result<Done> AudioFile::close() {
    if (!file_) return Refusal{"file", fmt::format("'{}' is closed", path_), ""};
    if (const int error = sf_close(file_.release())) return failed(sf_error_number(error));
    if (!forget_time_of_day(temporary_)) return failed(std::strerror(errno));
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return failed(std::strerror(errno));
    temporary_.clear();
    return Done{};
}

void AudioFile::give_up() noexcept {
    file_.reset();
    if (!temporary_.empty()) std::remove(temporary_.c_str());
    temporary_.clear();
}

Refusal AudioFile::failed(const std::string& why) {
    give_up();
    return {"file", fmt::format("cannot write '{}': {}", path_, why), ""};
}

}  // namespace chronus
