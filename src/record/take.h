// One recording: what the audio thread fills, and the files that it is written to, one a signal.
#pragma once
#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "handoff/reel.h"
#include "record/take_file.h"

namespace chronus {

class Take {
public:
    Take(const std::vector<EarTarget>& targets, int rate, std::int64_t first) : reel(targets, rate), from(first), rate_(rate), next_(targets.size(), -1) {}

    Reel reel;
    std::vector<TakeFile> files;                 // one a signal; [recording] from when it is handed over
    std::atomic<std::int64_t> from;              // the first frame that is written; INT64_MAX: it is not known yet
    std::atomic<std::int64_t> to{INT64_MAX};     // the frame from which on nothing is written
    std::atomic<bool> closed{false};             // all is on the disk, or will never be

    // [recording] Writes what has come.
    void write();
    void close();

    // [any]
    std::int64_t written() const { return written_; }
    std::int64_t lost() const { return lost_; }
    std::string trouble() const;

private:
    void write(std::size_t signal, const EarBlock& block);
    void write_silence(std::size_t signal, std::int64_t frames);
    void complain(const std::string& trouble);

    const int rate_;
    std::vector<std::int64_t> next_;   // the next frame of each signal; less than 0: nothing has come
    std::size_t turn_ = 0;             // the signal that comes next
    std::int64_t updated_at_ = 0;
    std::atomic<std::int64_t> written_{0}, lost_{0};  // frames of the first signal
    mutable std::mutex mutex_;
    std::string trouble_;
};

}  // namespace chronus
