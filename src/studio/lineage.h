// Which build of a module type plays, and which did before.
#pragma once
#include <cstdint>
#include <string>

namespace chronus {

inline constexpr const char* kOriginal = "original";  // the one that the library found when the daemon began

struct Lineage {
    std::string now = kOriginal;  // a hash
    std::string former;           // empty: there was none
    bool suspended = false;       // it took too long, and is silent
    int faults = 0;               // of its modules, since this build plays
    std::int64_t last_fault = 0;  // frame

    void go_on_with(const std::string& build) {
        if (build == now) return;
        former = now;
        now = build;
        faults = 0;
    }
};

}  // namespace chronus
