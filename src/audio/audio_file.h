// A sound file being written: WAV (RF64 beyond 4 GB) or FLAC, by its name. The same samples give the same
// bytes. It is written under a temporary name beside its own, so that what fails or is given up leaves
// nothing broken.
#pragma once
#include <sndfile.h>

#include <cstdint>
#include <memory>
#include <string>

#include "refusal/refusal.h"

namespace chronus {

enum class SampleFormat { float32, pcm24, pcm16 };

struct AudioFileRequest {
    std::string path = {};  // ends in .wav or .flac
    double rate = 48000;
    SampleFormat samples = SampleFormat::float32;
};

class AudioFile {
public:
    static Result<AudioFile> create(const AudioFileRequest& request);
    AudioFile(AudioFile&& other) noexcept;
    AudioFile& operator=(AudioFile&& other) noexcept;
    ~AudioFile();

    Result<Done> write(const float* stereo, std::uint32_t frames);
    Result<Done> close();  // only now is the file there under its name

    const std::string& path() const { return path_; }
    const std::string& note() const {
        return note_;
    }  // one line for a person if not all is as asked; or empty

private:
    struct Close {
        void operator()(SNDFILE* file) const { sf_close(file); }
    };

    AudioFile() = default;
    void give_up() noexcept;
    Refusal failed(const std::string& why);

    std::string path_;
    std::string temporary_;  // empty once the file has its name, or has been given up
    std::string note_;
    std::unique_ptr<SNDFILE, Close> file_;
};

}  // namespace chronus
