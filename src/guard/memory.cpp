// Stands in front of the C library's memory functions, as the executable's own symbols do.
// operator new and delete come here too, since libstdc++ makes them of these.
#include "guard/watch.h"

#if CHRONUS_GUARD_WATCHES
#include <cerrno>
#include <cstddef>
#include <cstdlib>

using chronus::guard::check;

extern "C" {

// glibc's own names for what is overridden below: no look-up, so they work from the first instruction on.
void* __libc_malloc(std::size_t) noexcept;
void __libc_free(void*) noexcept;
void* __libc_calloc(std::size_t, std::size_t) noexcept;
void* __libc_realloc(void*, std::size_t) noexcept;
void* __libc_memalign(std::size_t, std::size_t) noexcept;

void* malloc(std::size_t size) noexcept {
    check("malloc");
    return __libc_malloc(size);
}

void free(void* memory) noexcept {
    if (!memory) return;
    check("free");
    __libc_free(memory);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
    check("calloc");
    return __libc_calloc(count, size);
}

void* realloc(void* memory, std::size_t size) noexcept {
    check("realloc");
    return __libc_realloc(memory, size);
}

void* memalign(std::size_t alignment, std::size_t size) noexcept {
    check("memalign");
    return __libc_memalign(alignment, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    check("aligned_alloc");
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
    check("posix_memalign");
    void* made = __libc_memalign(alignment, size);
    if (!made) return ENOMEM;
    *memory = made;
    return 0;
}

}  // extern "C"
#endif
