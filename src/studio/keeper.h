// What is behind an instance, for as long as a plan names it.
#pragma once
#include <cstddef>
#include <memory>

#include "host/arena.h"
#include "host/module_type.h"
#include "studio/roster.h"

namespace chronus {

// The memory of a module. One of another build may go on with it.
struct Memory {
    HostArena arena;
    std::shared_ptr<std::byte> state;
};

struct Roster::Keeper {
    std::shared_ptr<const ModuleType> type;
    std::shared_ptr<Memory> memory;
};

}  // namespace chronus
