// Renders that the daemon has asked for, each by a process of its own.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "refusal/refusal.h"

namespace chronus {

class Errands {
public:
    explicit Errands(std::filesystem::path recordings) : recordings_(std::move(recordings)) {}
    ~Errands();

    // A name goes into the folder of recordings.
    Result<Done> render(const std::filesystem::path& log, const std::filesystem::path& out);
    // Tells of those that are done.
    void poll(const std::function<void(const std::string& what, const std::string& of)>& tell);

private:
    std::filesystem::path recordings_;
    std::map<pid_t, std::string> running_;
};

}  // namespace chronus
