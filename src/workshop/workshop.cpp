#include "workshop/workshop.h"

#include <pthread.h>

#include <utility>

#include "workshop/vetter.h"

namespace chronus {
namespace {

// Born on a thread that may have priority: this has time.
void be_ordinary() {
    const sched_param none{};
    pthread_setschedparam(pthread_self(), SCHED_OTHER, &none);
}

}  // namespace

std::uint64_t Workshop::bring(const Builds& builds, const std::filesystem::path& file) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back({++brought_, builds, file});
    }
    if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
    wake_.notify_one();
    return brought_;
}

std::vector<Workshop::Tried> Workshop::take_tried() {
    if (!busy()) return {};
    const std::lock_guard lock(mutex_);
    taken_ += tried_.size();
    return std::exchange(tried_, {});
}

// The very bytes that are tried are those that are kept and loaded, whatever becomes of the file meanwhile.
Workshop::Tried Workshop::try_out(const Job& job) const {
    Tried tried{job.ticket, {}, ""};
    const auto candidate = job.builds.copy(job.file);
    if (!candidate) {
        tried.verdict.why = candidate.refusal();
        return tried;
    }
    tried.hash = candidate->hash;
    tried.verdict = vet(program_, candidate->file);
    // Who asked knows the file by its own name.
    std::string& why = tried.verdict.why.reason;
    if (const std::string copy = candidate->file.string(); why.find(copy) != std::string::npos)
        why.replace(why.find(copy), copy.size(), job.file.string());
    if (!tried.verdict.passed) {
        job.builds.drop(*candidate);
    } else if (const auto kept = job.builds.keep(*candidate); !kept) {
        tried.verdict.passed = false;
        tried.verdict.why = kept.refusal();
    }
    return tried;
}

void Workshop::work(const std::stop_token& stop) {
    be_ordinary();
    while (!stop.stop_requested()) {
        std::unique_lock lock(mutex_);
        if (!wake_.wait(lock, stop, [this] { return !jobs_.empty(); })) return;
        const Job job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        Tried tried = try_out(job);
        lock.lock();
        tried_.push_back(std::move(tried));
    }
}

}  // namespace chronus
