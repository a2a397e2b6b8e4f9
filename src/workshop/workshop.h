// Where builds are tried before they may play, one after another, on a thread beside the others.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "host/builds.h"
#include "workshop/verdict.h"

namespace chronus {

class Workshop {
public:
    explicit Workshop(std::filesystem::path vet_program) : program_(std::move(vet_program)) {}

    // [studio] A ticket. A build that passes is kept.
    std::uint64_t bring(const Builds& builds, const std::filesystem::path& file);

    struct Tried {
        std::uint64_t ticket = 0;
        Verdict verdict;
        std::string hash;
    };
    // [studio] Those that have been tried since.
    std::vector<Tried> take_tried();
    bool busy() const { return brought_ > taken_; }

private:
    struct Job {
        std::uint64_t ticket;
        Builds builds;
        std::filesystem::path file;
    };
    Tried try_out(const Job& job) const;
    void work(const std::stop_token& stop);

    std::filesystem::path program_;
    std::uint64_t brought_ = 0, taken_ = 0;  // [studio]

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Job> jobs_;
    std::vector<Tried> tried_;
    std::jthread thread_;  // the last: it ends before what it works with goes
};

}  // namespace chronus
