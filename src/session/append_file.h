// A file that is only added to: with the system once it is flushed, on the disk within a second.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "refusal/refusal.h"

namespace chronus {

class AppendFile {
public:
    static constexpr std::size_t kMostWaiting = 4 << 20;  // bytes that are kept while the disk is full

    // In place of what is there, or a new one only. Folders are made. Refused as `file`.
    enum class Of { any, fresh };
    static Result<std::unique_ptr<AppendFile>> create(const std::filesystem::path& file, Of of = Of::any);
    ~AppendFile();
    AppendFile(const AppendFile&) = delete;
    AppendFile& operator=(const AppendFile&) = delete;

    // Whole lines. What finds no room while nothing can be written is lost, and counted.
    void add(std::string_view lines);
    // False if the system did not take all of it: it is tried again with the next one.
    bool flush();
    // It goes on under another name; false if that could not be.
    bool rename(const std::filesystem::path& file);

    const std::filesystem::path& path() const { return path_; }
    std::size_t bytes() const { return bytes_; }  // so far
    // Why the last flush failed; empty if it did not.
    const std::string& trouble() const { return trouble_; }

private:
    AppendFile(std::filesystem::path path, int file);
    void sync_until_closed();

    std::filesystem::path path_;
    int file_;
    std::string waiting_;
    std::size_t bytes_ = 0, lost_ = 0;
    std::string trouble_;
    std::atomic<bool> unsynced_{false};
    std::mutex closing_;
    std::condition_variable closed_;
    bool closes_ = false;
    std::thread syncing_;
};

}  // namespace chronus
