// What came of trying a build.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "refusal/refusal.h"

namespace chronus {

struct Verdict {
    bool passed = false;
    Refusal why;                                           // if not: `crash`, `hang`, `exit`, or what it did wrong
    std::vector<std::pair<std::string, double>> figures;   // peak, dc, ns_a_block, ns_of_16, megabytes
    double seconds = 0;                                    // that the trial took
};

}  // namespace chronus
