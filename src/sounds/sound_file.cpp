#include "sounds/sound_file.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace chronus {
namespace {

struct Close {
    void operator()(SNDFILE* file) const { sf_close(file); }
};

Refusal unreadable(const std::filesystem::path& file, const std::string& why) {
    return {"file", fmt::format("{} cannot be read: {}", file.filename().string(), why), "sounds"};
}

}  // namespace

bool is_sound_file(const std::filesystem::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::array<const char*, 7> known{".wav", ".flac", ".aif", ".aiff", ".ogg", ".w64", ".rf64"};
    return std::find(known.begin(), known.end(), ending) != known.end();
}

Result<Recording> read_sound_file(const std::filesystem::path& file) {
    SF_INFO info{};
    const std::unique_ptr<SNDFILE, Close> opened(sf_open(file.c_str(), SFM_READ, &info));
    if (!opened) return unreadable(file, sf_strerror(nullptr));
    if (info.frames <= 0 || info.channels <= 0 || info.samplerate <= 0) return unreadable(file, "it is empty");
    if (static_cast<std::size_t>(info.frames) > kMostFrames)
        return unreadable(file, fmt::format("{} frames are more than {}", info.frames, kMostFrames));
    const auto width = static_cast<std::size_t>(info.channels);
    Recording recording{.channels = std::vector<std::vector<float>>(std::min<std::size_t>(width, 2)), .rate = static_cast<double>(info.samplerate)};
    std::vector<float> piece(4096 * width);
    while (const sf_count_t frames = sf_readf_float(opened.get(), piece.data(), 4096)) {
        if (frames < 0) break;
        for (std::size_t i = 0; i < static_cast<std::size_t>(frames) * width; ++i) {
            // A file may hold anything: what is no number is silence.
            const float value = std::isfinite(piece[i]) ? std::clamp(piece[i], -8.0f, 8.0f) : 0.0f;
            if (i % width < recording.channels.size()) recording.channels[i % width].push_back(value);
        }
    }
    if (recording.frames() == 0) return unreadable(file, "it is empty");
    return recording;
}

}  // namespace chronus
