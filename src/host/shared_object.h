// A loaded shared object, under a name of its own: the linker would hand out the old object
// for a file name that it has seen before, even after the file was replaced.
#pragma once
#include <cstdint>
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
    // Whether an address lies in what was mapped of it: it means nothing once the object is gone.
    bool covers(const void* address) const;

private:
    explicit SharedObject(void* handle);
    void* handle_;
    std::uintptr_t begin_ = 0, end_ = 0;
};

}  // namespace chronus
