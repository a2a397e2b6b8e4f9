// What is rendered: racks as lines of text, like any song.
#pragma once
#include <string>
#include <vector>

#include "refusal/refusal.h"
#include "render/recital.h"

namespace chronus::bench {

struct Work {
    std::string name;
    std::string what;         // in one line
    bool has_peers = false;   // others can do the same
};

const std::vector<Work>& works();

// The rack of a work, ready to be fed to an instrument of that rate. A path to a .chr file or a log is a work too.
Result<Recital> recital_of(const std::string& work, int rate);

}  // namespace chronus::bench
