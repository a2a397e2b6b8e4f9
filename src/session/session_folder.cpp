#include "session/session_folder.h"

#include <ctime>
#include <fstream>

#include "text/log.h"
#include "text/nearest.h"

namespace chronus {

namespace fs = std::filesystem;

std::vector<std::string> SessionFolder::list() const {
    std::vector<std::string> names;
    std::error_code none;
    for (fs::directory_iterator entry(folder_, none), end; entry != end; entry.increment(none))
        if (entry->path().extension() == ".osc" && entry->is_regular_file(none)) names.push_back(entry->path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

Result<fs::path> SessionFolder::find(const std::string& name, const fs::path& written) const {
    const std::vector<std::string> names = list();
    if (name == "this" && !written.empty()) return written;
    std::vector<std::string> fitting;
    for (const std::string& one : names) {
        if (one == name) return folder_ / (one + ".osc");
        if (name == "last" ? folder_ / (one + ".osc") != written : !name.empty() && one.starts_with(name)) fitting.push_back(one);
    }
    if (name == "last" && !fitting.empty()) return folder_ / (fitting.back() + ".osc");
    if (fitting.size() == 1) return folder_ / (fitting[0] + ".osc");
    if (fitting.size() > 1) return Refusal{"unknown", fmt::format("{} may be {} or {}", name, fitting.front(), fitting.back()), "session list"};
    return Refusal{"unknown", fmt::format("there is no session {}{}", name, did_you_mean(name, names)), "session list"};
}

fs::path SessionFolder::name_for_now(int bpm) const {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char date[32];
    std::strftime(date, sizeof date, "%Y-%m-%d-%H%M%S", &local);
    const std::string name = fmt::format("{}-{}bpm", date, bpm);
    std::error_code none;
    for (int n = 1;; ++n)
        if (const fs::path file = folder_ / (name + (n > 1 ? fmt::format("-{}", n) : "") + ".osc"); !fs::exists(file, none)) return file;
}

std::int64_t last_frame_of(const fs::path& file) {
    constexpr std::streamoff kEnough = 1 << 16;
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    if (!stream) return -1;
    const std::streamoff size = stream.tellg(), from = std::max<std::streamoff>(size - kEnough, 0);
    stream.seekg(from);
    std::string text(static_cast<std::size_t>(size - from), '\0');
    stream.read(text.data(), size - from);
    std::int64_t frame = -1;
    for (std::size_t at = 0; (at = text.find("\n@", at)) != std::string::npos; ++at) frame = std::strtoll(text.c_str() + at + 2, nullptr, 10);
    return frame;
}

}  // namespace chronus
