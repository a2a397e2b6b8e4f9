#include "workbench/watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace chronus {
namespace fs = std::filesystem;

namespace {

constexpr int kBurst = 20;  // ms: editors write in several steps

bool is_source(const fs::path& file) {
    return (file.extension() == ".cpp" || file.extension() == ".dsp" || file.extension() == ".chr") && file.filename().string().front() != '.';
}

}  // namespace

Result<SourceWatch> SourceWatch::of(const std::vector<fs::path>& folders) {
    Descriptor notify(inotify_init1(IN_CLOEXEC));
    bool any = false;
    for (const fs::path& folder : folders)
        any |= !folder.empty() && inotify_add_watch(notify.get(), folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO) >= 0;
    if (!any) return Refusal{"file", "there is no folder to watch", "chronus module new growl"};
    return SourceWatch(std::move(notify));
}

void SourceWatch::read(std::set<std::string>& names) {
    alignas(inotify_event) char some[4096];
    const ssize_t size = ::read(notify_.get(), some, sizeof some);
    for (ssize_t at = 0; at < size;) {
        const auto& event = *reinterpret_cast<const inotify_event*>(some + at);
        if (event.len > 0 && is_source(event.name)) names.insert(fs::path(event.name).stem().string());
        at += static_cast<ssize_t>(sizeof event + event.len);
    }
}

std::set<std::string> SourceWatch::wait() {
    std::set<std::string> names;
    pollfd readable{notify_.get(), POLLIN, 0};
    while (poll(&readable, 1, names.empty() ? -1 : kBurst) > 0) read(names);
    return names;
}

}  // namespace chronus
