// chronus module …: makes module types in this process, and has the daemon take them.
#pragma once
#include <string>
#include <vector>

#include "chronus/daemon_link.h"

namespace chronus::hand {

struct ModuleJob {
    std::string verb;                // new, build, watch, list, info, doc, test, bench; empty: none
    std::string name;
    std::string kind = "effect";     // new: of a template
    std::string like, patch;         // new: of another type, of a module on the rack
    bool here = false;               // new: in modules/ of the source tree that we stand in
    std::string folder = ".";        // test: where its picture goes
};

// False if something was not done; it has been said.
bool work_on(const ModuleJob& job, const Place& place);

}  // namespace chronus::hand
