#include "chronusd/shared_whereabouts.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "osc/descriptor.h"

namespace chronus {

std::string inherited_whereabouts() { return fmt::format("/proc/self/fd/{}", memfd_create("whereabouts", 0)); }

Result<Whereabouts*> map_whereabouts(const std::string& file) {
    const Descriptor open(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    void* memory = MAP_FAILED;
    if (open && ftruncate(open.get(), sizeof(Whereabouts)) == 0)
        memory = mmap(nullptr, sizeof(Whereabouts), PROT_READ | PROT_WRITE, MAP_SHARED, open.get(), 0);
    if (memory == MAP_FAILED) return Refusal{"file", fmt::format("cannot write {}: {}", file, std::strerror(errno)), ""};
    return static_cast<Whereabouts*>(memory);
}

}  // namespace chronus
