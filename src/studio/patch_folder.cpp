#include "studio/patch_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "studio/names.h"

namespace chronus {

namespace fs = std::filesystem;

namespace {

constexpr const char* kExample = "save patch \"deep groove\"";

Refusal cannot(const char* what, const fs::path& file, int error) {
    return {"file", fmt::format("cannot {} {}: {}", what, file.string(), std::strerror(error)), kExample};
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

Result<Done> PatchFolder::check_name(const std::string& name, const char* what) {
    const auto refuse = [&](const char* why) { return Refusal{"syntax", fmt::format("\"{}\" cannot be the name of a {}: {}", name, what, why), kExample}; };
    if (name.empty()) return refuse("it is empty");
    if (name.size() > kLongestName) return Refusal{"range", fmt::format("the name of a {} has at most {} bytes", what, kLongestName), kExample};
    if (name.find('/') != std::string::npos) return refuse("it is a name, not a path");
    if (name.front() == '.') return refuse("it begins with a dot");
    if (name.front() == ' ' || name.back() == ' ') return refuse("a space stands at its end");
    if (std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; }))
        return Refusal{"syntax", fmt::format("the name of a {} is text on one line", what), kExample};
    return Done{};
}

std::vector<std::string> PatchFolder::list() const {
    std::vector<std::string> names;
    std::error_code none;
    for (fs::directory_iterator entry(folder_, none), end; entry != end; entry.increment(none))
        if (entry->path().extension() == ".chr" && check_name(entry->path().stem().string()) && entry->is_regular_file(none))
            names.push_back(entry->path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

bool PatchFolder::has(const std::string& name) const {
    std::error_code none;
    return !folder_.empty() && fs::is_regular_file(file_of(name), none);
}

Result<Done> PatchFolder::check(const std::string& name) const {
    if (auto fit = check_name(name); !fit) return fit;
    if (has(name)) return Done{};
    const std::vector<std::string> names = list();
    return Refusal{"unknown", fmt::format("there is no patch {}{}", name, did_you_mean(name, names)), "list patches"};
}

Result<std::string> PatchFolder::read(const std::string& name) const {
    if (const auto there = check(name); !there) return there.refusal();
    const fs::path file = file_of(name);
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return cannot("read", file, errno);
    std::string text(kLargest + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > kLargest) return Refusal{"file", fmt::format("{} is no patch: it is too large", file.string()), "list patches"};
    return text;
}

Result<Done> PatchFolder::write(const std::string& name, const std::string& text) const {
    if (auto fit = check_name(name); !fit) return fit;
    if (folder_.empty()) return Refusal{"file", "there is no folder for patches: neither XDG_DATA_HOME nor HOME is set", kExample};
    std::error_code failed;
    fs::create_directories(folder_, failed);
    if (failed) return cannot("make", folder_, failed.value());
    // With a dot before it, it is never listed, whatever becomes of it.
    std::string draft = (folder_ / ".draft-XXXXXX").string();
    const int file = ::mkostemp(draft.data(), O_CLOEXEC);
    if (file < 0) return cannot("write", draft, errno);
    int error = write_all(file, text) && ::fchmod(file, 0644) == 0 && ::fsync(file) == 0 ? 0 : errno;
    if (::close(file) != 0 && error == 0) error = errno;
    if (error == 0 && std::rename(draft.c_str(), file_of(name).c_str()) != 0) error = errno;
    if (error != 0) {
        ::unlink(draft.c_str());
        return cannot("write", file_of(name), error);
    }
    sync_folder();
    return Done{};
}

Result<Done> PatchFolder::rename(const std::string& from, const std::string& to) const {
    if (auto there = check(from); !there) return there;
    if (auto fit = check_name(to); !fit) return fit;
    if (has(to)) return Refusal{"taken", fmt::format("there is a patch {} already", to), fmt::format("delete patch \"{}\"", to)};
    if (std::rename(file_of(from).c_str(), file_of(to).c_str()) != 0) return cannot("rename", file_of(from), errno);
    sync_folder();
    return Done{};
}

Result<Done> PatchFolder::remove(const std::string& name) const {
    if (auto there = check(name); !there) return there;
    if (::unlink(file_of(name).c_str()) != 0) return cannot("delete", file_of(name), errno);
    sync_folder();
    return Done{};
}

// The folder's entry is on the disk too. Where that cannot be asked for, the file itself is.
void PatchFolder::sync_folder() const {
    const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    ::fsync(folder);
    ::close(folder);
}

}  // namespace chronus
