#include "host/shared_object.h"

#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
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

SharedObject::SharedObject(SharedObject&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

SharedObject& SharedObject::operator=(SharedObject&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
}

SharedObject::~SharedObject() {
    if (handle_) dlclose(handle_);
}

void* SharedObject::find(const char* symbol) const {
    return dlsym(handle_, symbol);
}

}  // namespace chronus
