// Whether the audio thread of another process has come to a stop in a module.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <fstream>
#include <string>

#include "handoff/whereabouts.h"

namespace chronus {

// Looked at every kEvery, so that a machine that was asleep counts as nobody's fault.
class Stillness {
public:
    static constexpr int kEveryMilliseconds = 40;
    static constexpr int kLooks = 5;  // that find it in one and the same block

    // True once it has been in one block of a module for so long. A process that somebody has stopped may stand still.
    bool look(const Whereabouts& where, pid_t process) {
        const std::uint64_t blocks = where.blocks.load(std::memory_order_acquire);
        const bool moves = blocks != blocks_ || where.type().empty() || is_stopped(process);
        blocks_ = blocks;
        looks_ = moves ? 0 : looks_ + 1;
        return looks_ >= kLooks;
    }

private:
    static bool is_stopped(pid_t process) {
        std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
        std::string text;
        std::getline(stat, text);
        const std::size_t name = text.rfind(") ");  // the name before it may have anything in it
        return name != std::string::npos && name + 2 < text.size() && (text[name + 2] == 'T' || text[name + 2] == 't');
    }

    std::uint64_t blocks_ = 0;
    int looks_ = 0;
};

}  // namespace chronus
