#include "record/take_file.h"

#include <cerrno>
#include <cstring>

namespace chronus {

Result<TakeFile> TakeFile::create(const std::filesystem::path& file, int rate, const std::string& samples) {
    const bool flac = file.extension() == ".flac";
    std::error_code error;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
    SF_INFO info{};
    info.samplerate = rate;
    info.channels = 2;
    info.format = flac ? SF_FORMAT_FLAC : SF_FORMAT_RF64;
    info.format |= samples == "16" ? SF_FORMAT_PCM_16 : samples == "float" && !flac ? SF_FORMAT_FLOAT : SF_FORMAT_PCM_24;
    TakeFile made;
    made.path_ = file;
    errno = 0;
    made.file_.reset(sf_open(file.c_str(), SFM_WRITE, &info));
    if (!made.file_) return Refusal{"file", fmt::format("cannot write {}: {}", file.string(), errno ? std::strerror(errno) : sf_strerror(nullptr)), "record start jam.flac"};
    sf_command(made.file_.get(), SFC_RF64_AUTO_DOWNGRADE, nullptr, SF_TRUE);
    sf_command(made.file_.get(), SFC_SET_CLIPPING, nullptr, SF_TRUE);
    double level = 0.2;  // of FLAC: little work for a little more room
    sf_command(made.file_.get(), SFC_SET_COMPRESSION_LEVEL, &level, sizeof level);
    return made;
}

bool TakeFile::write(const float* stereo, std::int64_t frames) {
    if (!file_ || !trouble_.empty()) return false;
    errno = 0;
    const sf_count_t written = sf_writef_float(file_.get(), stereo, frames);
    frames_ += std::max<sf_count_t>(written, 0);
    if (written == frames) return true;
    trouble_ = fmt::format("{}: {}", path_.string(), errno ? std::strerror(errno) : sf_strerror(file_.get()));
    return false;
}

void TakeFile::update() {
    if (file_ && path_.extension() != ".flac") sf_command(file_.get(), SFC_UPDATE_HEADER_NOW, nullptr, 0);
}

bool TakeFile::close() {
    if (!file_) return trouble_.empty();
    const int error = sf_close(file_.release());
    if (error && trouble_.empty()) trouble_ = fmt::format("{}: {}", path_.string(), sf_error_number(error));
    return trouble_.empty();
}

}  // namespace chronus
