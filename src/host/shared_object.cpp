#include "host/shared_object.h"

#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <link.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace chronus {
namespace fs = std::filesystem;

namespace {

Refusal broken(const fs::path& file, std::string_view why) {
    return {"file", fmt::format("{}: {}", file.string(), why), ""};
}

Result<std::string> read(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return broken(file, error ? error.message() : "is not a regular file");
    std::ifstream stream(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || stream.bad()) return broken(file, "cannot be read");
    return bytes;
}

// The linker maps what the headers promise and dies of SIGBUS where a half-written file ends before that.
const char* fault_of(const std::string& bytes) {
    Elf64_Ehdr header;
    if (bytes.size() < sizeof header) return "is not a shared object";
    std::memcpy(&header, bytes.data(), sizeof header);
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return "is not a shared object";
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_phentsize != sizeof(Elf64_Phdr) ||
        header.e_type != ET_DYN)
        return "is not a shared object of this kind of machine";
    for (unsigned i = 0; i < header.e_phnum; ++i) {
        const std::size_t at = header.e_phoff + i * sizeof(Elf64_Phdr);
        if (at + sizeof(Elf64_Phdr) > bytes.size()) return "is cut short";
        Elf64_Phdr segment;
        std::memcpy(&segment, bytes.data() + at, sizeof segment);
        if (segment.p_offset + segment.p_filesz > bytes.size()) return "is cut short";
    }
    return nullptr;
}

// A file that is gone when this is: what was loaded from it stays.
struct Copy {
    std::string name;
    bool written = false;

    Copy(const fs::path& folder, const std::string& bytes) : name((folder / ".chronus-XXXXXX.so").string()) {
        const int descriptor = mkostemps(name.data(), 3, O_CLOEXEC);
        if (descriptor < 0) return;
        std::size_t done = 0;
        while (done < bytes.size()) {
            const ssize_t n = write(descriptor, bytes.data() + done, bytes.size() - done);
            if (n <= 0) break;
            done += std::size_t(n);
        }
        written = close(descriptor) == 0 && done == bytes.size();
        exists_ = true;
    }
    ~Copy() {
        if (exists_) unlink(name.c_str());
    }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

private:
    bool exists_ = false;
};

}  // namespace

Result<SharedObject> SharedObject::load(const fs::path& file) {
    const Result<std::string> bytes = read(file);
    if (!bytes) return bytes.refusal();
    if (const char* fault = fault_of(*bytes)) return broken(file, fault);

    // Where the temporary folder is mounted noexec, the file's own folder may do.
    std::error_code ignored;
    std::string why = "cannot be copied to be loaded";
    for (const fs::path& folder :
         {fs::temp_directory_path(ignored), fs::absolute(file, ignored).parent_path()}) {
        if (folder.empty()) continue;
        const Copy copy(folder, *bytes);
        if (!copy.written) continue;
        if (void* handle = dlopen(copy.name.c_str(), RTLD_NOW | RTLD_LOCAL)) return SharedObject(handle);
        why = dlerror();
        // The person knows the file by its own name.
        if (const std::size_t at = why.find(copy.name + ": "); at != std::string::npos)
            why.erase(at, copy.name.size() + 2);
    }
    return broken(file, why);
}

SharedObject::SharedObject(void* handle) : handle_(handle) {
    link_map* map = nullptr;
    if (dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0) return;
    struct Search {
        const link_map* map;
        std::uintptr_t begin, end;
    } search{map, 0, 0};
    dl_iterate_phdr([](dl_phdr_info* info, std::size_t, void* context) {
        Search& wanted = *static_cast<Search*>(context);
        if (info->dlpi_addr != wanted.map->l_addr || std::strcmp(info->dlpi_name, wanted.map->l_name) != 0) return 0;
        for (unsigned i = 0; i < info->dlpi_phnum; ++i) {
            const ElfW(Phdr)& segment = info->dlpi_phdr[i];
            if (segment.p_type != PT_LOAD) continue;
            const std::uintptr_t begin = info->dlpi_addr + segment.p_vaddr, end = begin + segment.p_memsz;
            if (wanted.end == 0 || begin < wanted.begin) wanted.begin = begin;
            if (end > wanted.end) wanted.end = end;
        }
        return 1;
    }, &search);
    begin_ = search.begin;
    end_ = search.end;
}

SharedObject::SharedObject(SharedObject&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), begin_(other.begin_), end_(other.end_) {}

SharedObject& SharedObject::operator=(SharedObject&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(begin_, other.begin_);
    std::swap(end_, other.end_);
    return *this;
}

bool SharedObject::covers(const void* address) const {
    const auto at = reinterpret_cast<std::uintptr_t>(address);
    return at >= begin_ && at < end_;
}

SharedObject::~SharedObject() {
    if (handle_) dlclose(handle_);
}

void* SharedObject::find(const char* symbol) const {
    return dlsym(handle_, symbol);
}

}  // namespace chronus
