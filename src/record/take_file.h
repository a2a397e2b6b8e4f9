// A sound file that is valid at any time while it is written: WAV (RF64 beyond 4 GB) or FLAC, by its ending.
#pragma once
#include <sndfile.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "refusal/refusal.h"

namespace chronus {

class TakeFile {
public:
    // Refused as `file`. FLAC holds no floats: 24 bits then.
    static Result<TakeFile> create(const std::filesystem::path& file, int rate, const std::string& samples);

    // False from the first time on that the system did not take all: what was written until then is kept.
    bool write(const float* stereo, std::int64_t frames);
    // How much of it there is, for whoever reads the file after this process has ended in mid-stride.
    void update();
    bool close();

    const std::filesystem::path& path() const { return path_; }
    std::int64_t frames() const { return frames_; }
    const std::string& trouble() const { return trouble_; }

private:
    struct Close {
        void operator()(SNDFILE* file) const { sf_close(file); }
    };
    std::filesystem::path path_;
    std::unique_ptr<SNDFILE, Close> file_;
    std::int64_t frames_ = 0;
    std::string trouble_;
};

}  // namespace chronus
