// A loaded shared object, under a name of its own: the linker would hand out the old object
// for a file name that it has seen before, even after the file was replaced.
#pragma once
#include <filesystem>

#include "refusal/refusal.h"

namespace chronus {

class SharedObject {
public:
    // [worker] Loads a private copy of the file, of which nothing remains in the file system.
    static Result<SharedObject> load(const std::filesystem::path& file);

    SharedObject(SharedObject&& other) noexcept;
    SharedObject& operator=(SharedObject&& other) noexcept;
    ~SharedObject();

    void* find(const char* symbol) const;  // null if there is none

private:
    explicit SharedObject(void* handle) : handle_(handle) {}
    void* handle_;
};

}  // namespace chronus
