#include "record/past_sound.h"

#include <sndfile.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

namespace chronus {

namespace fs = std::filesystem;

namespace {

using SoundFile = std::unique_ptr<SNDFILE, decltype(&sf_close)>;

// It is read to its end, as one that was not closed does not know how long it is.
std::int64_t frames_in(const fs::path& file) {
    SF_INFO info{};
    const SoundFile sound(sf_open(file.c_str(), SFM_READ, &info), sf_close);
    std::int64_t all = 0;
    std::vector<float> some(2 * 4096);
    if (!sound || info.channels != 2) return 0;
    for (sf_count_t read = 1; read > 0; all += read) read = sf_readf_float(sound.get(), some.data(), 4096);
    return all;
}

}  // namespace

PastSound::PastSound(fs::path folder, int rate, double minutes, bool goes_on)
    : folder_(std::move(folder)), rate_(rate), most_(static_cast<std::int64_t>(minutes * 60 * rate)) {
    if (goes_on) {
        take_up();
        return;
    }
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder_, none))
        if (entry.path().extension() == ".flac") fs::remove(entry.path(), none);
}

PastSound::~PastSound() { close(); }

void PastSound::take_up() {
    std::error_code none;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder_, none))
        if (entry.path().extension() == ".flac") files.push_back(entry.path());
    std::sort(files.begin(), files.end());  // by the frames that they begin at
    for (const fs::path& file : files) {
        const std::int64_t begin = std::strtoll(file.stem().c_str(), nullptr, 10), frames = frames_in(file);
        if (frames > 0) segments_.push_back({file, begin, begin + frames});
        else fs::remove(file, none);
    }
    if (!segments_.empty()) next_ = segments_.back().end;
}

void PastSound::forget(const Segment& segment) {
    std::error_code none;
    fs::remove(segment.file, none);
}

void PastSound::open(std::int64_t frame) {
    const fs::path file = folder_ / fmt::format("{:015}.flac", frame);
    auto made = TakeFile::create(file, rate_, "24");
    if (!made) {
        trouble = made.refusal().reason;
        return;
    }
    trouble.clear();
    file_ = std::move(*made);
    segments_.push_back({file, frame, frame});
}

void PastSound::close() {
    if (file_) file_->close();
    file_.reset();
}

void PastSound::add(const EarBlock& block) {
    if (block.frame != next_) close();  // what is not there divides two stretches
    if (file_ && block.frame - segments_.back().begin >= std::int64_t{kSegment} * rate_) close();
    if (!file_) open(block.frame);
    next_ = block.frame + CHRONUS_BLOCK;
    if (!file_) return;
    float stereo[2 * CHRONUS_BLOCK];
    for (int i = 0; i < CHRONUS_BLOCK; ++i) {
        stereo[2 * i] = block.left[i];
        stereo[2 * i + 1] = block.right[i];
    }
    if (!file_->write(stereo, CHRONUS_BLOCK)) {
        trouble = file_->trouble();
        close();
        forget(segments_.back());
        segments_.pop_back();
        return;
    }
    segments_.back().end = next_;
    while (segments_.size() > 1 && segments_.front().end < next_ - most_) {
        forget(segments_.front());
        segments_.pop_front();
    }
}

Result<Done> PastSound::cut(const fs::path& file, std::int64_t from, std::int64_t to, const std::function<void()>& between) {
    close();  // all of it is to be read
    auto out = TakeFile::create(file, rate_, "24");
    if (!out) return out.refusal();
    std::vector<float> some(2 * 4096);
    std::int64_t next = from;
    const auto write = [&](std::int64_t frames) { return out->write(some.data(), frames); };
    const std::deque<Segment> segments = segments_;  // the oldest is read first, before it can be forgotten
    for (const Segment& segment : segments) {
        if (segment.end <= next || segment.begin >= to) continue;
        for (std::fill(some.begin(), some.end(), 0.0f); next < segment.begin; next += std::min<std::int64_t>(4096, segment.begin - next))
            if (!write(std::min<std::int64_t>(4096, segment.begin - next))) return Refusal{"file", out->trouble(), ""};
        SF_INFO info{};
        const SoundFile in(sf_open(segment.file.c_str(), SFM_READ, &info), sf_close);
        if (!in) return Refusal{"file", fmt::format("{}: {}", segment.file.string(), sf_strerror(nullptr)), ""};
        for (std::int64_t ahead = next - segment.begin; ahead > 0;) {  // one that was not closed has no way to seek
            const sf_count_t read = sf_readf_float(in.get(), some.data(), std::min<std::int64_t>(4096, ahead));
            if (read <= 0) break;
            ahead -= read;
        }
        while (next < std::min(segment.end, to)) {
            const std::int64_t wanted = std::min<std::int64_t>(4096, std::min(segment.end, to) - next);
            const sf_count_t read = sf_readf_float(in.get(), some.data(), wanted);
            if (read <= 0 || !write(read)) break;
            next += read;
        }
        between();
    }
    if (!out->close()) return Refusal{"file", out->trouble(), ""};
    if (next < to) return Refusal{"file", fmt::format("{} ends {} frames too early", file.string(), to - next), ""};
    return Done{};
}

}  // namespace chronus
