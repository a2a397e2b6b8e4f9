#include "session/append_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace chronus {

namespace fs = std::filesystem;

namespace {

constexpr auto kSyncedEvery = std::chrono::seconds(1);

}  // namespace

Result<std::unique_ptr<AppendFile>> AppendFile::create(const fs::path& file, Of of) {
    std::error_code error;
    // A folder that a person names is to be there; that of the sessions is made.
    if (of == Of::fresh && file.has_parent_path()) fs::create_directories(file.parent_path(), error);
    const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (of == Of::fresh ? O_EXCL : O_TRUNC);
    const int opened = ::open(file.c_str(), flags, 0644);
    if (opened < 0) return Refusal{"file", fmt::format("cannot write {}: {}", file.string(), std::strerror(errno)), "chronusd --log session.osc"};
    return std::unique_ptr<AppendFile>(new AppendFile(file, opened));
}

AppendFile::AppendFile(fs::path path, int file) : path_(std::move(path)), file_(file), syncing_([this] { sync_until_closed(); }) {}

AppendFile::~AppendFile() {
    flush();
    {
        const std::lock_guard lock(closing_);
        closes_ = true;
    }
    closed_.notify_one();
    syncing_.join();
    ::close(file_);
}

void AppendFile::add(std::string_view lines) {
    if (waiting_.size() + lines.size() > kMostWaiting) {
        lost_ += static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
        return;
    }
    waiting_ += lines;
}

bool AppendFile::flush() {
    if (lost_ > 0 && waiting_.size() < kMostWaiting / 2) waiting_ += fmt::format("# {} lines were lost\n", std::exchange(lost_, 0));
    std::size_t done = 0;
    while (done < waiting_.size()) {
        const ssize_t written = ::write(file_, waiting_.data() + done, waiting_.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) break;
        done += static_cast<std::size_t>(written);
    }
    trouble_ = done < waiting_.size() ? fmt::format("cannot write {}: {}", path_.string(), std::strerror(errno)) : "";
    bytes_ += done;
    waiting_.erase(0, done);
    if (done > 0) unsynced_ = true;
    return trouble_.empty();
}

bool AppendFile::rename(const fs::path& file) {
    if (std::rename(path_.c_str(), file.c_str()) != 0) return false;
    path_ = file;
    return true;
}

// A thread of its own, as a disk may take its time.
void AppendFile::sync_until_closed() {
    std::unique_lock lock(closing_);
    while (!closed_.wait_for(lock, kSyncedEvery, [this] { return closes_; }))
        if (unsynced_.exchange(false)) {
            lock.unlock();
            ::fdatasync(file_);
            lock.lock();
        }
    if (unsynced_.exchange(false)) ::fdatasync(file_);
}

}  // namespace chronus
