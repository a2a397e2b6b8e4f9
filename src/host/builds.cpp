#include "host/builds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <vector>

namespace chronus {
namespace fs = std::filesystem;

namespace {

constexpr const char* kLogs = "logs";
constexpr const char* kSources[] = {".cpp", ".dsp"};

Refusal cannot(const char* what, const fs::path& file, const std::string& why) {
    return {"file", fmt::format("cannot {} {}: {}", what, file.string(), why), ""};
}

bool is_named_by_a_log(const fs::path& build) {
    std::ifstream logs(build / kLogs);
    std::error_code none;
    for (std::string log; std::getline(logs, log);)
        if (fs::exists(log, none)) return true;
    return false;
}

}  // namespace

std::string hash_of(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return fmt::format("{:016x}", hash);
}

bool is_hash(std::string_view text) {
    return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_module_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 && text[0] >= 'a' && text[0] <= 'z' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

Result<Builds::Candidate> Builds::copy(const fs::path& file) const {
    if (folder_.empty()) return Refusal{"file", "there is no folder for builds: neither XDG_STATE_HOME nor HOME is set", ""};
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return cannot("read", file, std::strerror(errno));
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    const std::string name = file.stem().string();
    std::error_code failed;
    fs::create_directories(folder_ / name, failed);
    if (failed) return cannot("make", folder_ / name, failed.message());
    std::string draft = (folder_ / name / ".draft-XXXXXX").string();
    if (!mkdtemp(draft.data())) return cannot("make", draft, std::strerror(errno));
    Candidate candidate{name, hash_of(bytes), fs::path(draft) / file.filename()};
    std::ofstream copy(candidate.file, std::ios::binary);
    copy.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    copy.close();
    if (!copy) {
        drop(candidate);
        return cannot("write", candidate.file, std::strerror(errno));
    }
    for (const char* ending : kSources)
        if (fs::path source = file; fs::is_regular_file(source.replace_extension(ending), failed))
            fs::copy_file(source, fs::path(draft) / source.filename(), failed);
    return candidate;
}

Result<Done> Builds::keep(const Candidate& candidate) const {
    const fs::path draft = candidate.file.parent_path(), place = place_of(candidate.name, candidate.hash);
    std::error_code failed;
    if (fs::exists(place, failed)) {
        fs::remove_all(draft, failed);
    } else {
        fs::rename(draft, place, failed);
        if (failed) return cannot("write", place, failed.message());
    }
    fs::last_write_time(place, fs::file_time_type::clock::now(), failed);
    prune(candidate.name);
    return Done{};
}

void Builds::drop(const Candidate& candidate) const {
    std::error_code none;
    fs::remove_all(candidate.file.parent_path(), none);
}

std::optional<fs::path> Builds::find(const std::string& name, const std::string& hash) const {
    if (folder_.empty() || !is_module_name(name) || !is_hash(hash)) return std::nullopt;
    std::error_code none;
    for (const char* ending : {".so", ".chr"})
        if (fs::path file = place_of(name, hash) / (name + ending); fs::is_regular_file(file, none)) return file;
    return std::nullopt;
}

void Builds::note_log(const std::string& name, const std::string& hash, const fs::path& log) const {
    if (!find(name, hash)) return;
    std::error_code none;
    const std::string line = fs::absolute(log, none).string();
    std::ifstream before(place_of(name, hash) / kLogs);
    for (std::string known; std::getline(before, known);)
        if (known == line) return;
    std::ofstream(place_of(name, hash) / kLogs, std::ios::app) << line << '\n';
}

void Builds::prune(const std::string& name) const {
    std::error_code none;
    std::vector<std::pair<fs::file_time_type, fs::path>> all;
    for (const fs::directory_entry& build : fs::directory_iterator(folder_ / name, none))
        if (is_hash(build.path().filename().string())) all.emplace_back(build.last_write_time(none), build.path());
    std::sort(all.rbegin(), all.rend());
    for (std::size_t i = kLast; i < all.size(); ++i)
        if (!is_named_by_a_log(all[i].second)) fs::remove_all(all[i].second, none);
}

}  // namespace chronus
